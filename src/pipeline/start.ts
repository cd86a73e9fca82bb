import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf } from '../catalogue/sources.js';
import { canonicalJson } from '../core/canonical-json.js';
import { SegueError, toSegueError } from '../core/errors.js';
import { namesIn } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { NOTIFY, PATH, type TaskId } from './dag.js';
import type { RunOptions } from './options.js';
import {
  checkRunId,
  findRecord,
  freshRunId,
  listRecords,
  loadRecord,
  newRecord,
  type RunRecord,
  saveRecord,
  withTask,
} from './run-record.js';
import { type RunnerContext, runDag, runTask, TaskFailure } from './runner.js';

export type RunRequest =
  /** A run of these options: the last one that was killed with the same options on the same files goes on, else a new one begins. */
  | { readonly options: RunOptions; readonly fresh?: boolean | undefined; readonly id?: undefined }
  /** A new run of that id. */
  | { readonly options: RunOptions; readonly id: string }
  /** Goes on with a run by its id. */
  | { readonly resume: string };

/** Runs the whole DAG once. One process at a time works on a home; another gets SEGUE_HOME_LOCKED. */
export async function startRun(context: RunnerContext, request: RunRequest): Promise<RunRecord> {
  return exclusively(context.home, async () => runDag(context, await recordFor(context, request)));
}

/**
 * Runs one task of a run, as an outer orchestrator does; repeating it is harmless. The first task of an unknown run begins the run with
 * the options given.
 */
export async function startTask(
  context: RunnerContext,
  run: string,
  task: TaskId,
  options: RunOptions | undefined,
): Promise<RunRecord> {
  return exclusively(context.home, async () => {
    const record = (await findRecord(context.home, run)) ?? (await beginNamed(context, run, options));
    if (options !== undefined && canonicalJson(options) !== canonicalJson(record.options)) {
      throw new SegueError('SEGUE_RUN_CONFLICT', {
        what: 'The run exists with other options',
        value: run,
        limit: canonicalJson(record.options),
        mend: 'Leave the options out, or use another run id.',
      });
    }
    try {
      return await runTask(context, record, task);
    } catch (error) {
      throw error instanceof TaskFailure ? error.cause : error;
    }
  });
}

async function exclusively<T>(home: Home, work: () => Promise<T>): Promise<T> {
  return withLock(home.lock, async () => {
    await removeLeftovers(home);
    return work();
  });
}

async function recordFor(context: RunnerContext, request: RunRequest): Promise<RunRecord> {
  if ('resume' in request) return loadRecord(context.home, request.resume);
  const { home, now } = context;
  const fingerprint = await fingerprintOf(request.options.source);
  if (request.id !== undefined) return begin(context, checkRunId(request.id), request.options, fingerprint);
  const interrupted =
    request.fresh === true ? undefined : await findInterrupted(home, request.options, fingerprint);
  if (interrupted !== undefined) return interrupted;
  return begin(context, await freshRunId(home, now()), request.options, fingerprint);
}

async function beginNamed(
  context: RunnerContext,
  run: string,
  options: RunOptions | undefined,
): Promise<RunRecord> {
  if (options !== undefined) {
    checkRunId(run);
    try {
      return await begin(context, run, options, await fingerprintOf(options.source));
    } catch (thrown) {
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

/** A run whose source can't be looked at leaves a record too, so that T5 can tell of it. */
async function recordUnbegun(
  { home, now }: RunnerContext,
  run: string,
  options: RunOptions,
  { code, message }: SegueError,
): Promise<void> {
  const record = newRecord(run, options, '', now());
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

/** The newest run, if it was cut off. We hold the lock, so a record that says `running` has lost its process. */
async function findInterrupted(
  home: Home,
  options: RunOptions,
  fingerprint: string,
): Promise<RunRecord | undefined> {
  const [newest] = await listRecords(home);
  const same =
    newest !== undefined &&
    isCutOff(newest) &&
    newest.source_fingerprint === fingerprint &&
    canonicalJson(newest.options) === canonicalJson(options);
  return same ? newest : undefined;
}

function isCutOff({ state, tasks }: RunRecord): boolean {
  return state === 'running' || (state !== 'promoted' && tasks[NOTIFY].state !== 'done');
}

/** What killed processes left half-made. */
async function removeLeftovers(home: Home): Promise<void> {
  await rm(home.scratch, { recursive: true, force: true });
  for (const folder of [home.datasets, home.models]) {
    for (const name of await namesIn(folder)) {
      if (name.endsWith('.draft')) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
