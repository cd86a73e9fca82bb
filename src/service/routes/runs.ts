import { Type } from '../../core/typebox.js';
import { asProblem } from '../as-problem.js';
import type { AppDeps } from '../deps.js';
import { askedPage, LINK, NEXT, nextLink, PAGE_QUERY } from '../page.js';
import { type Route, route } from '../route.js';
import { describeRun, EXAMPLE_RUN, RUN, RUN_PARAM } from '../run-schema.js';
import { startRunRoute } from './start-run.js';

const RUNS = Type.Object({ runs: Type.Array(RUN), next: NEXT });

/** Where a page ended: a RunPosition. */
const POSITION = Type.Object(
  { created_at: Type.String(), run: Type.String() },
  { additionalProperties: false },
);

/** `GET /v1/runs` and one of them: what the pipeline did. Paths of this machine, which records hold too, stay here. */
export function runRoutes({ archive, startRun }: Pick<AppDeps, 'archive' | 'startRun'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/runs',
      id: 'listRuns',
      tag: 'models',
      summary: 'Every run of the pipeline',
      scope: 'read',
      query: PAGE_QUERY,
      answer: {
        description: 'The newest first',
        schema: RUNS,
        headers: [LINK],
        example: { runs: [EXAMPLE_RUN], next: null },
      },
      problems: ['page_not_found'],
      async handle({ query }) {
        const ask = askedPage(query, POSITION);
        const { entries, next } = await archive.runs(ask);
        return { runs: entries.map(describeRun), next: nextLink('/v1/runs', ask, next) };
      },
    }),
    startRunRoute(startRun),
    route({
      method: 'GET',
      path: '/v1/runs/{run}',
      id: 'getRun',
      tag: 'models',
      summary: 'One run of the pipeline',
      scope: 'read',
      params: [RUN_PARAM],
      answer: { description: 'How far it came', schema: RUN, example: EXAMPLE_RUN },
      problems: [],
      handle: async ({ params: { run = '' } }) =>
        describeRun(await asProblem(archive.run(run), { SEGUE_RUN_NOT_FOUND: 'run_not_found' })),
    }),
  ];
}
