import { Type } from '../../core/typebox.js';
import type { RunRecord } from '../../pipeline/run-record.js';
import { asProblem } from '../as-problem.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { describeRun, EXAMPLE_RUN, RUN } from '../run-schema.js';
import type { StartRun } from '../start-run.js';

const ASK = Type.Object(
  {
    k: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 1000 }), Type.Literal('auto')], {
        description: 'Number of segments; as the service was started unless given',
      }),
    ),
  },
  { additionalProperties: false },
);

async function begun(startRun: StartRun | undefined, k: number | 'auto' | undefined): Promise<RunRecord> {
  if (startRun === undefined) throw new Problem('no_source');
  return asProblem(startRun(k), { SEGUE_HOME_LOCKED: 'run_in_progress' });
}

/** `POST /v1/runs`: begins a run. */
export function startRunRoute(startRun: StartRun | undefined): Route {
  return route({
    method: 'POST',
    path: '/v1/runs',
    id: 'startRun',
    tag: 'models',
    summary: 'Begin a run of the pipeline, beside the service',
    description:
      'On the catalogue that the service was started with, never another one. It is promoted or refused like any run.',
    scope: 'admin',
    body: { schema: ASK, limitBytes: 4096, example: { k: 5 } },
    answer: {
      status: 202,
      description: 'It has begun',
      schema: RUN,
      headers: [
        {
          name: 'Location',
          description: 'Where to see how far it came',
          example: `/v1/runs/${EXAMPLE_RUN.run}`,
          of: ({ run }) => `/v1/runs/${run}`,
        },
      ],
      example: EXAMPLE_RUN,
    },
    problems: ['run_in_progress', 'no_source'],
    handle: async ({ body }) => describeRun(await begun(startRun, body.k)),
  });
}
