import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../core/canonical-json.js';
import { SegueError } from '../core/errors.js';
import { namesIn } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { TaskTimeout } from './attempts.js';
import { beginNamed, lookedAt, type RunRequest, recordFor } from './begin.js';
import { PATH, type TaskId } from './dag.js';
import type { RunOptions } from './options.js';
import { findRecord, type RunRecord } from './run-record.js';
import { type RunnerContext, runDag, runTask, TaskFailure } from './runner.js';

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
    const found = await findRecord(context.home, run);
    const record = found ?? (await beginNamed(context, run, options));
    if (options !== undefined && canonicalJson(options) !== canonicalJson(record.options)) {
      throw new SegueError('SEGUE_RUN_CONFLICT', {
        what: 'The run exists with other options',
        value: run,
        limit: canonicalJson(record.options),
        mend: 'Leave the options out, or use another run id.',
      });
    }
    try {
      return await runTask(context, task === PATH[0] ? await lookedAt(context, record) : record, task);
    } catch (error) {
      throw error instanceof TaskFailure ? error.cause : error;
    }
  });
}

/** Works on a home alone. Work that was given up still writes there, so the home stays locked until it has ended, or the process has. */
async function exclusively<T>(home: Home, work: () => Promise<T>): Promise<T> {
  return withLock(home.lock, async (keep) => {
    await removeLeftovers(home);
    try {
      return await work();
    } catch (error) {
      if (error instanceof TaskTimeout) keep(error.work);
      throw error;
    }
  });
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
