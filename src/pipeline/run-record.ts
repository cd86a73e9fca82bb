import { inBatches } from '../core/batches.js';
import { SegueError } from '../core/errors.js';
import { namesIn, readIfPresent, writeJson } from '../core/files.js';
import { sha256OfJson } from '../core/hash.js';
import type { Home } from '../core/home.js';
import { DAG_ID, TASK_IDS, type TaskId } from './dag.js';
import type { RunOptions } from './options.js';

export const RUN_STATES = ['running', 'promoted', 'refused', 'failed'] as const;

export type RunState = (typeof RUN_STATES)[number];

export const TASK_STATES = ['pending', 'running', 'done', 'refused', 'failed', 'skipped'] as const;

export type TaskState = (typeof TASK_STATES)[number];

export interface TaskRecord {
  readonly state: TaskState;
  readonly attempts: number;
  readonly started_at?: string;
  readonly ended_at?: string;
  readonly seconds?: number;
  /** Largest resident memory of the process so far, in MiB. */
  readonly peak_memory_mib?: number;
  /** One line for a person: what came out, or why it failed. */
  readonly summary?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** `run.json`: written whole after each change, so that a killed run tells how far it came. */
export interface RunRecord {
  readonly run: string;
  readonly dag: typeof DAG_ID;
  readonly state: RunState;
  readonly created_at: string;
  readonly updated_at: string;
  readonly options: RunOptions;
  /** Identity of the source's files when the run began (path, bytes, modification time). */
  readonly source_fingerprint: string;
  /** Version that T2 trained. */
  readonly version: string | null;
  readonly tasks: Readonly<Record<TaskId, TaskRecord>>;
}

export const RUN_ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._:+=@-]{0,199}$';

/** Where a run stands in lists. */
export type RunPosition = Pick<RunRecord, 'created_at' | 'run'>;

const SAFE_ID = new RegExp(RUN_ID_PATTERN);

/** Refuses ids that could not be a folder's name; Airflow's `scheduled__2026-11-22T00:00:00+00:00` is one that could. */
export function checkRunId(run: string): string {
  if (SAFE_ID.test(run)) return run;
  throw new SegueError('SEGUE_USAGE', {
    what: 'A run id may hold letters, digits and . _ : + = @ - only and starts with a letter or digit',
    value: run,
    limit: '200 characters',
    mend: 'Choose another id.',
  });
}

export function newRecord(run: string, options: RunOptions, fingerprint: string, now: Date): RunRecord {
  const pending: TaskRecord = { state: 'pending', attempts: 0 };
  return {
    run: checkRunId(run),
    dag: DAG_ID,
    state: 'running',
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    options,
    source_fingerprint: fingerprint,
    version: null,
    tasks: Object.fromEntries(TASK_IDS.map((id) => [id, pending])) as Record<TaskId, TaskRecord>,
  };
}

/** The record with one task changed. */
export function withTask(record: RunRecord, task: TaskId, change: Partial<TaskRecord>): RunRecord {
  return { ...record, tasks: { ...record.tasks, [task]: { ...record.tasks[task], ...change } } };
}

export async function saveRecord(home: Home, record: RunRecord): Promise<void> {
  await writeJson(home.run(record.run).record, record);
}

/** The record of a run, or undefined where there is none. */
export async function findRecord(home: Home, run: string): Promise<RunRecord | undefined> {
  const text = await readIfPresent(home.run(checkRunId(run)).record);
  return text === undefined ? undefined : (JSON.parse(text) as RunRecord);
}

export async function loadRecord(home: Home, run: string): Promise<RunRecord> {
  const record = await findRecord(home, run);
  if (record !== undefined) return record;
  throw new SegueError('SEGUE_RUN_NOT_FOUND', {
    what: 'No run with that id in this home',
    value: run,
    mend: 'List the runs by «segue runs list».',
  });
}

/** All runs, the newest first. */
export async function listRecords(home: Home): Promise<RunRecord[]> {
  const records = await inBatches(await runIds(home), (run) => findRecord(home, run));
  return records.filter((record) => record !== undefined).toSorted(newestFirst);
}

/** Ids of all runs that left a folder, in no order. */
export async function runIds(home: Home): Promise<string[]> {
  return (await namesIn(home.runs)).filter((name) => SAFE_ID.test(name));
}

/** Order of lists: by time, by id where that is the same. */
export function newestFirst(a: RunPosition, b: RunPosition): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return a.run === b.run ? 0 : a.run < b.run ? 1 : -1;
}

/**
 * What a run's folder on a cluster is called: its id, without characters that such storage doesn't take, and what tells it from runs of
 * that id in other homes.
 */
export function nameOnCluster({ run, created_at, source_fingerprint }: RunRecord): string {
  const own = sha256OfJson({ run, created_at, source_fingerprint }).slice(0, 8);
  return `${run.replaceAll(/[^\w.-]/g, '-')}-${own}`;
}

/** A run id that sorts by time: `2026-11-24T05-10-00Z`, with `-2`, `-3`, … where that one is taken. */
export async function freshRunId(home: Home, now: Date): Promise<string> {
  const stem = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  let id = stem;
  for (let n = 2; (await findRecord(home, id)) !== undefined; n += 1) id = `${stem}-${n}`;
  return id;
}
