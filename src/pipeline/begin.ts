import { readClusterDataset } from '../catalogue/cluster/dataset.js';
import { clusterFingerprint } from '../catalogue/cluster/sources.js';
import { fingerprintOf } from '../catalogue/sources.js';
import { canonicalJson } from '../core/canonical-json.js';
import { type ErrorCode, SegueError, toSegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import { clusterFor } from './cluster.js';
import { NOTIFY, PATH } from './dag.js';
import type { RunOptions } from './options.js';
import {
  checkRunId,
  freshRunId,
  listRecords,
  loadRecord,
  newRecord,
  type RunRecord,
  saveRecord,
  withTask,
} from './run-record.js';
import type { RunnerContext } from './runner.js';

/** Fingerprint of a source that could not be looked at. */
const UNSEEN = '';
const CLUSTER_LOST: ReadonlySet<string | undefined> = new Set<ErrorCode>([
  'SEGUE_SPARK_LOST',
  'SEGUE_SPARK_UNREACHABLE',
]);

export type RunRequest =
  /**
   * A run of these options: the last one that was killed, or that lost its cluster, with the same options on the same files goes on, else a
   * new one begins.
   */
  | { readonly options: RunOptions; readonly fresh?: boolean | undefined; readonly id?: undefined }
  /** A new run of that id. */
  | { readonly options: RunOptions; readonly id: string }
  /** Goes on with a run by its id. */
  | { readonly resume: string };

/** The record of the run that a request is about. */
export async function recordFor(context: RunnerContext, request: RunRequest): Promise<RunRecord> {
  if ('resume' in request) return resumed(context, await loadRecord(context.home, request.resume));
  const { home, now } = context;
  const fingerprint = await sourceFingerprint(context, request.options);
  if (request.id !== undefined) return begin(context, checkRunId(request.id), request.options, fingerprint);
  const interrupted =
    request.fresh === true ? undefined : await findInterrupted(home, request.options, fingerprint);
  if (interrupted !== undefined) return interrupted;
  return begin(context, await freshRunId(home, now()), request.options, fingerprint);
}

/** A run that is gone on with by name: what it needs of a cluster is opened before a task could fail of it. */
async function resumed(context: RunnerContext, record: RunRecord): Promise<RunRecord> {
  const { home, cluster, progress } = context;
  const seen = await lookedAt(context, record);
  const [ingest, train] = PATH.map((task) => seen.tasks[task].state === 'done');
  const kept = await readClusterDataset(home.dataset(record.run));
  const needed = ingest ? !train && kept?.whole === false : record.options.engine !== undefined;
  if (needed) await clusterFor(cluster, progress);
  return seen;
}

/** Begins a run of that id for its first task. */
export async function beginNamed(
  context: RunnerContext,
  run: string,
  options: RunOptions | undefined,
): Promise<RunRecord> {
  if (options !== undefined) {
    checkRunId(run);
    try {
      return await begin(context, run, options, await sourceFingerprint(context, options));
    } catch (thrown) {
      if (context.cluster.signal.aborted) throw thrown;
      await recordUnbegun(context, run, options, toSegueError(thrown));
      throw thrown;
    }
  }
  throw new SegueError('SEGUE_RUN_NOT_FOUND', {
    what: 'No run with that id, and no source to begin it with',
    value: run,
    mend: 'Give --source with the first task of a run.',
  });
}

/** A record whose source could not be looked at when it was begun knows it from now on. */
export async function lookedAt(context: RunnerContext, record: RunRecord): Promise<RunRecord> {
  if (record.source_fingerprint !== UNSEEN) return record;
  const seen = { ...record, source_fingerprint: await sourceFingerprint(context, record.options) };
  await saveRecord(context.home, seen);
  return seen;
}

/**
 * Names what the source is now, without reading it, by who reads it.
 *
 * @throws SegueError as `fingerprintOf`; of a cluster, SEGUE_SPARK_*
 */
export async function sourceFingerprint(
  { cluster, progress }: RunnerContext,
  { source, engine }: RunOptions,
): Promise<string> {
  if (engine === undefined) return fingerprintOf(source);
  progress.step('looking at the source on the cluster');
  return clusterFingerprint(await clusterFor(cluster, progress), source);
}

/** A run whose source can't be looked at leaves a record too, so that T5 can tell of it. */
async function recordUnbegun(
  { home, now }: RunnerContext,
  run: string,
  options: RunOptions,
  { code, message }: SegueError,
): Promise<void> {
  const record = newRecord(run, options, UNSEEN, now());
  const failed = { state: 'failed', summary: message, error: { code, message } } as const;
  await saveRecord(home, { ...withTask(record, PATH[0]!, failed), state: 'failed' });
}

async function begin(
  { home, now }: RunnerContext,
  run: string,
  options: RunOptions,
  fingerprint: string,
): Promise<RunRecord> {
  const record = newRecord(run, options, fingerprint, now());
  await saveRecord(home, record);
  return record;
}

/** The newest run, if it was cut off or lost its cluster. We hold the lock, so a record that says `running` has lost its process. */
async function findInterrupted(
  home: Home,
  options: RunOptions,
  fingerprint: string,
): Promise<RunRecord | undefined> {
  const [newest] = await listRecords(home);
  const same =
    newest !== undefined &&
    (isCutOff(newest) || hasLostCluster(newest)) &&
    newest.source_fingerprint === fingerprint &&
    canonicalJson(newest.options) === canonicalJson(options);
  return same ? newest : undefined;
}

function isCutOff({ state, tasks }: RunRecord): boolean {
  return state === 'running' || (state !== 'promoted' && tasks[NOTIFY].state !== 'done');
}

/** The cluster that a task failed of may be back: what was done before is still done. */
function hasLostCluster({ state, tasks }: RunRecord): boolean {
  return state === 'failed' && PATH.some((task) => CLUSTER_LOST.has(tasks[task].error?.code));
}
