import { Type } from '../../core/typebox.js';
import { asProblem } from '../as-problem.js';
import type { AppDeps } from '../deps.js';
import {
  DETAILS,
  details,
  EXAMPLE_DETAILS,
  EXAMPLE_SUMMARY,
  MODELS,
  summarise,
  VERSION_PARAM,
} from '../model-schema.js';
import { askedPage, LINK, nextLink, PAGE_QUERY, pageNotFound } from '../page.js';
import { type Route, route } from '../route.js';

const AS_OF = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'As the registry stood at that moment; figures are of the files',
    examples: ['2026-11-01T12:00:00Z'],
  }),
);

const PAST_QUERY = Type.Object({ as_of: AS_OF }, { additionalProperties: false });

const LIST_QUERY = Type.Object({ ...PAGE_QUERY.properties, as_of: AS_OF }, { additionalProperties: false });

/** Where a page ended: a VersionPosition. */
const POSITION = Type.Object(
  { version: Type.String(), told: Type.Boolean() },
  { additionalProperties: false },
);

/** `GET /v1/models` and one of them: what the registry holds. */
export function modelRoutes({ archive }: Pick<AppDeps, 'archive'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/models',
      id: 'listModels',
      tag: 'models',
      summary: 'Every version of the model',
      scope: 'read',
      query: LIST_QUERY,
      answer: {
        description: 'The newest first',
        schema: MODELS,
        headers: [LINK],
        example: { models: [EXAMPLE_SUMMARY], next: null },
      },
      problems: ['page_not_found'],
      async handle({ query }) {
        const ask = askedPage(query, POSITION);
        const { as_of } = query;
        const { entries, next } = await asProblem(archive.versions(ask, momentOf(query)), {
          SEGUE_MODEL_NOT_FOUND: () =>
            pageNotFound('The registry does not know the version after which the page begins.'),
        });
        const more = as_of === undefined ? {} : { as_of };
        return { models: entries.map(summarise), next: nextLink('/v1/models', ask, next, more) };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/models/{version}',
      id: 'getModel',
      tag: 'models',
      summary: 'One version: the model itself, its metrics and its history',
      scope: 'read',
      params: [VERSION_PARAM],
      query: PAST_QUERY,
      answer: { description: 'All that is known of it', schema: DETAILS, example: EXAMPLE_DETAILS },
      problems: [],
      async handle({ params: { version = '' }, query }) {
        const found = await asProblem(archive.version(version, momentOf(query)), {
          SEGUE_MODEL_NOT_FOUND: 'model_not_found',
        });
        return details(version, found);
      },
    }),
  ];
}

function momentOf({ as_of }: { readonly as_of?: string | undefined }): Date | undefined {
  if (as_of === undefined) return undefined;
  const leap = /:60(?=\D)/; // a second that RFC 3339 has and Date doesn't: POSIX counts it as the one after
  return leap.test(as_of) ? new Date(Date.parse(as_of.replace(leap, ':59')) + 1000) : new Date(as_of);
}
