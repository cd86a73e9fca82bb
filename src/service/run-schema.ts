import { ERROR_CODES, type ErrorCode } from '../core/errors.js';
import { type Static, Type } from '../core/typebox.js';
import { TASK_IDS } from '../pipeline/dag.js';
import {
  RUN_ID_PATTERN,
  RUN_STATES,
  type RunRecord,
  TASK_STATES,
  type TaskRecord,
} from '../pipeline/run-record.js';
import { EXAMPLE_VERSION, type RouteParam } from './route.js';

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

/** A run as the API tells it. */
export const RUN = Type.Object({
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

type Run = Static<typeof RUN>;

/** What the API tells of a record. Paths of this machine, which records hold too, stay here. */
export function describeRun({
  run,
  dag,
  state,
  created_at,
  updated_at,
  options,
  version,
  tasks,
}: RunRecord): Run {
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

/** A run for documentation. */
export const EXAMPLE_RUN: Run = {
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

/** The run that a path names. */
export const RUN_PARAM: RouteParam = {
  name: 'run',
  description: 'Its id',
  schema: Type.String({ pattern: RUN_ID_PATTERN }),
  example: EXAMPLE_RUN.run,
  absent: 'run_not_found',
};
