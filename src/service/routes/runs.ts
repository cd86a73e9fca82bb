import { type Static, Type } from 'typebox';
import { ERROR_CODES, type ErrorCode, SegueError } from '../../core/errors.js';
import { TASK_IDS } from '../../pipeline/dag.js';
import {
  RUN_ID_PATTERN,
  RUN_STATES,
  type RunRecord,
  TASK_STATES,
  type TaskRecord,
} from '../../pipeline/run-record.js';
import type { AppDeps } from '../deps.js';
import { askedPage, LINK, NEXT, nextLink, PAGE_QUERY } from '../page.js';
import { Problem } from '../problem.js';
import { EXAMPLE_VERSION, type Route, route } from '../route.js';
import type { StartRun } from '../start-run.js';

const TIME = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

const TASK = Type.Object({
  task: Type.Enum([...TASK_IDS]),
  state: Type.Enum([...TASK_STATES]),
  attempts: Type.Integer({ minimum: 0 }),
  started_at: TIME,
  ended_at: TIME,
  seconds: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  summary: Type.Union([Type.String(), Type.Null()]),
  error: Type.Union([Type.Object({ code: Type.String(), title: Type.String() }), Type.Null()], {
    description: 'The log of the run has the details',
  }),
});

const RUN = Type.Object({
  run: Type.String(),
  dag: Type.String(),
  state: Type.Enum([...RUN_STATES]),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
  k: Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('auto')]),
  seed: Type.Integer(),
  model_version: Type.Union([Type.String(), Type.Null()]),
  tasks: Type.Array(TASK, { description: 'In the order in which they run' }),
});

const RUNS = Type.Object({ runs: Type.Array(RUN), next: NEXT });

/** Where a page ended: a RunPosition. */
const POSITION = Type.Object(
  { created_at: Type.String(), run: Type.String() },
  { additionalProperties: false },
);

type Run = Static<typeof RUN>;

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
        example: { runs: [EXAMPLE], next: null },
      },
      problems: ['page_not_found'],
      async handle({ query }) {
        const ask = askedPage(query, POSITION);
        const { entries, next } = await archive.runs(ask);
        return { runs: entries.map(describe), next: nextLink('/v1/runs', ask, next) };
      },
    }),
    route({
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
            example: `/v1/runs/${EXAMPLE.run}`,
            of: ({ run }) => `/v1/runs/${run}`,
          },
        ],
        example: EXAMPLE,
      },
      problems: ['run_in_progress', 'no_source'],
      handle: async ({ body }) => describe(await begun(startRun, body.k)),
    }),
    route({
      method: 'GET',
      path: '/v1/runs/{run}',
      id: 'getRun',
      tag: 'models',
      summary: 'One run of the pipeline',
      scope: 'read',
      params: [
        {
          name: 'run',
          description: 'Its id',
          schema: Type.String({ pattern: RUN_ID_PATTERN }),
          example: EXAMPLE.run,
          absent: 'run_not_found',
        },
      ],
      answer: { description: 'How far it came', schema: RUN, example: EXAMPLE },
      problems: [],
      handle: async ({ params: { run = '' } }) => describe(await found(archive.run(run))),
    }),
  ];
}

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
  try {
    return await startRun(k);
  } catch (error) {
    const busy = error instanceof SegueError && error.code === 'SEGUE_HOME_LOCKED';
    throw busy ? new Problem('run_in_progress') : error;
  }
}

async function found(record: Promise<RunRecord>): Promise<RunRecord> {
  try {
    return await record;
  } catch (error) {
    const absent = error instanceof SegueError && error.code === 'SEGUE_RUN_NOT_FOUND';
    throw absent ? new Problem('run_not_found') : error;
  }
}

function describe({ run, dag, state, created_at, updated_at, options, version, tasks }: RunRecord): Run {
  return {
    run,
    dag,
    state,
    created_at,
    updated_at,
    k: options.k,
    seed: options.seed,
    model_version: version,
    tasks: TASK_IDS.map((id) => describeTask(id, tasks[id])),
  };
}

function describeTask(task: (typeof TASK_IDS)[number], record: TaskRecord): Run['tasks'][number] {
  const {
    state,
    attempts,
    started_at = null,
    ended_at = null,
    seconds = null,
    summary = null,
    error,
  } = record;
  return {
    task,
    state,
    attempts,
    started_at,
    ended_at,
    seconds,
    summary: error === undefined ? summary : null, // of a task that died, the summary is the error's text, which may name paths
    error: error === undefined ? null : { code: error.code, title: titleOf(error.code) },
  };
}

function titleOf(code: string): string {
  return Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code as ErrorCode].title : 'Unknown error';
}

const EXAMPLE: Run = {
  run: '2026-11-23T05-00-00Z',
  dag: 'spotify_clustering_dag',
  state: 'promoted',
  created_at: '2026-11-23T05:00:00.004Z',
  updated_at: '2026-11-23T05:00:41.140Z',
  k: 'auto',
  seed: 42,
  model_version: EXAMPLE_VERSION,
  tasks: [
    {
      task: 'T1_Ingesta_y_Limpieza',
      state: 'done',
      attempts: 1,
      started_at: '2026-11-23T05:00:00.011Z',
      ended_at: '2026-11-23T05:00:01.420Z',
      seconds: 1.409,
      summary: '5,000 read = 4,996 kept + 4 rejected (tempo_out_of_range 4); 3,992 train, 1,004 test',
      error: null,
    },
  ],
};
