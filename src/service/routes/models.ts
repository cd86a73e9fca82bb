import { type Static, Type } from 'typebox';
import { ERROR_CODES, SegueError } from '../../core/errors.js';
import { VERSION_STATES } from '../../models/history.js';
import type { LedgerEntry } from '../../models/ledger.js';
import { VERSION_PATTERN } from '../../models/schema.js';
import type { VersionDetails, VersionSummary } from '../../models/versions.js';
import type { AppDeps } from '../deps.js';
import { askedPage, LINK, NEXT, nextLink, PAGE_QUERY, pageNotFound } from '../page.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';
import type { VersionContent } from '../version-contents.js';

const OPEN_OBJECT = Type.Record(Type.String(), Type.Unknown());
const TIME = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const STATE = Type.Enum([...VERSION_STATES]);
const VERSION = Type.String({ pattern: VERSION_PATTERN });

const SUMMARY = Type.Object({
  version: VERSION,
  state: STATE,
  pruned: Type.Boolean({ description: 'Whether its files were removed to make room' }),
  k: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], { description: 'Number of segments' }),
  registered_at: TIME,
  promoted_at: TIME,
  run: Type.Union([Type.String(), Type.Null()], { description: 'The run that made it' }),
  metrics: Type.Union([OPEN_OBJECT, Type.Null()], { description: 'WCSS and Silhouettes, train and test' }),
  damaged: Type.Union([Type.Object({ code: Type.String(), title: Type.String() }), Type.Null()], {
    description: 'Why its files cannot be used; null when they can',
  }),
});

const EVENT = Type.Object({
  time: Type.String({ format: 'date-time' }),
  event: Type.String(),
  version: VERSION,
  previous: Type.Union([VERSION, Type.Null()]),
  run: Type.Union([Type.String(), Type.Null()]),
  actor: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
});

const AS_OF = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'As the registry stood at that moment; figures are of the files',
    examples: ['2026-11-01T12:00:00Z'],
  }),
);

const PAST_QUERY = Type.Object({ as_of: AS_OF }, { additionalProperties: false });

const LIST_QUERY = Type.Object({ ...PAGE_QUERY.properties, as_of: AS_OF }, { additionalProperties: false });

const MODELS = Type.Object({ models: Type.Array(SUMMARY), next: NEXT });

/** Where a page ended: a VersionPosition. */
const POSITION = Type.Object(
  { version: Type.String(), told: Type.Boolean() },
  { additionalProperties: false },
);

const DETAILS = Type.Object({
  version: VERSION,
  state: STATE,
  model: Type.Record(Type.String(), Type.Unknown(), {
    description: 'model.json: scaler, centroids, contract, lineage',
  }),
  metrics: OPEN_OBJECT,
  history: Type.Array(EVENT, { description: 'What the ledger says of it, the oldest first' }),
});

type Summary = Static<typeof SUMMARY>;
type Details = Static<typeof DETAILS>;

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
        example: { models: [EXAMPLE], next: null },
      },
      problems: ['page_not_found'],
      async handle({ query }) {
        const ask = askedPage(query, POSITION);
        const { as_of } = query;
        const { entries, next } = await whereFound(archive.versions(ask, momentOf(query)), () =>
          pageNotFound('The registry does not know the version after which the page begins.'),
        );
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
      params: [
        {
          name: 'version',
          description: 'Its name',
          schema: VERSION,
          example: EXAMPLE_VERSION,
          absent: 'model_not_found',
        },
      ],
      query: PAST_QUERY,
      answer: { description: 'All that is known of it', schema: DETAILS, example: EXAMPLE_DETAILS },
      problems: [],
      async handle({ params: { version = '' }, query }) {
        const found = await whereFound(
          archive.version(version, momentOf(query)),
          () => new Problem('model_not_found'),
        );
        return details(version, found);
      },
    }),
  ];
}

function momentOf({ as_of }: { readonly as_of?: string | undefined }): Date | undefined {
  return as_of === undefined ? undefined : new Date(as_of);
}

async function whereFound<Found>(found: Promise<Found>, absent: () => Problem): Promise<Found> {
  try {
    return await found;
  } catch (error) {
    throw error instanceof SegueError && error.code === 'SEGUE_MODEL_NOT_FOUND' ? absent() : error;
  }
}

function summarise({ content, ...known }: VersionSummary<VersionContent>): Summary {
  if ('error' in content) {
    const { code } = content.error;
    return { ...known, k: null, metrics: null, damaged: { code, title: ERROR_CODES[code].title } };
  }
  const { k, train, test } = content;
  return { ...known, k, metrics: { train: { ...train }, test: { ...test } }, damaged: null };
}

function details(version: string, { state, model, metrics, history }: VersionDetails): Details {
  return {
    version,
    state,
    model: { ...model },
    metrics: metrics as Record<string, unknown>,
    history: history.map(eventOf),
  };
}

function eventOf({ time, event, version, previous, run, actor, reason }: LedgerEntry): Static<typeof EVENT> {
  return { time, event, version, previous, run, actor, reason: reason ?? null };
}

const EXAMPLE: Summary = {
  version: EXAMPLE_VERSION,
  state: 'production',
  pruned: false,
  k: 5,
  registered_at: '2026-11-23T05:00:41.120Z',
  promoted_at: '2026-11-23T05:00:41.133Z',
  run: '2026-11-23T05-00-00Z',
  metrics: { train: { rows: 3992, wcss: 9127.4, silhouette_euclidean: 0.2461 }, test: { rows: 1004 } },
  damaged: null,
};

const EXAMPLE_DETAILS: Details = {
  version: EXAMPLE_VERSION,
  state: 'production',
  model: { format: 'segue-model/2', version: EXAMPLE_VERSION, parent: null },
  metrics: EXAMPLE.metrics ?? {},
  history: [
    {
      time: '2026-11-23T05:00:41.133Z',
      event: 'promoted',
      version: EXAMPLE_VERSION,
      previous: null,
      run: '2026-11-23T05-00-00Z',
      actor: 'schedule',
      reason: null,
    },
  ],
};
