import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fetchDataset } from '../catalogue/shared-dataset.js';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { ledgerOf } from '../models/ledger-of.js';
import type { BuildTask, Built } from './build-process.js';
import type { Loaded, LoadTask } from './load-thread.js';

export interface IndexNeeds {
  readonly home: Home;
  readonly version: string;
  readonly limit: number;
  /** Ends the work; what was asked for is then not given. */
  readonly signal: AbortSignal;
  /** Told why a file that is there can't be used. */
  readonly onDamaged: (fault: string) => void;
}

/** An index in memory, and whether it had to be made. */
export interface ReadyIndex {
  readonly memory: SharedArrayBuffer;
  readonly built: boolean;
}

const LOCKED_MS = 200;

/** Indexes that stay beside a new one: a rollback finds its own. */
const OTHERS_KEPT = 1;

/**
 * Reads the index of a version; makes it where there is none, or none that is sound. Of several processes that need it one makes it.
 *
 * @returns undefined where there is neither an index nor a dataset to make it from
 */
export async function readyIndex(needs: IndexNeeds): Promise<ReadyIndex | undefined> {
  const { home, version, signal } = needs;
  const found = await loadIndex(needs, needs.onDamaged);
  if (found !== undefined) return { memory: found, built: false };
  const dataset = await datasetOf(home, version);
  if (dataset === undefined) return undefined;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await withLock(`${home.index(version)}.lock`, () => makeIndex(needs, dataset));
    } catch (error) {
      if (!(error instanceof SegueError && error.code === 'SEGUE_HOME_LOCKED')) throw error;
    }
    await delay(LOCKED_MS, undefined, { signal, ref: false });
  }
}

async function makeIndex(needs: IndexNeeds, dataset: string): Promise<ReadyIndex> {
  const { home, version, limit, signal } = needs;
  const other = await loadIndex(needs, () => {}); // another process may have made it meanwhile
  if (other !== undefined) return { memory: other, built: false };
  await removeDrafts(home, version);
  await build({ home: home.root, registry: home.registry, version, dataset, limit }, signal);
  const memory = await loadIndex(needs, needs.onDamaged);
  if (memory === undefined) throw new Error(`the index of ${version} can't be read after it was written`);
  await removeOld(home, version);
  return { memory, built: true };
}

/** The bytes of the index in shared memory; undefined where there is no sound one. */
async function loadIndex(
  { home, version, limit, signal }: IndexNeeds,
  onDamaged: (fault: string) => void,
): Promise<SharedArrayBuffer | undefined> {
  const path = home.index(version);
  if (!(await exists(path))) return undefined;
  signal.throwIfAborted();
  const workerData: LoadTask = { path, version, limit };
  const thread = new Worker(new URL('./load-thread.js', import.meta.url), { workerData });
  const stop = (): void => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const ended = once(thread, 'exit').then(() => undefined);
    const [loaded] = ((await Promise.race([once(thread, 'message'), ended])) ?? []) as [Loaded?];
    signal.throwIfAborted();
    if (loaded === undefined) throw new Error('the thread that reads the index ended early');
    if ('memory' in loaded) return loaded.memory;
    onDamaged(loaded.fault);
    return undefined;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function build(task: BuildTask, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const child = fork(new URL('./build-process.js', import.meta.url), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  let said: Built | undefined;
  child.on('message', (message: Built) => {
    said = message;
  });
  const ended = once(child, 'exit');
  child.send(task);
  try {
    await ended;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  if (said === undefined) throw new Error('the process that makes the index was killed');
  if ('error' in said) throw new Error(said.error);
}

/** Name of the dataset of this version: that of the newest run that made it and whose tracks are still there, or the bucket's. */
async function datasetOf(home: Home, version: string): Promise<string | undefined> {
  const entries = await ledgerOf(home);
  const runs = entries.filter((entry) => entry.version === version).map(({ run }) => run);
  for (const name of new Set([...runs.toReversed(), version])) {
    if (name !== null && (await exists(home.dataset(name).xTrain))) return name;
  }
  return (await fetchDataset(home, version)) ? version : undefined;
}

/** What a killed maker of this index left behind. */
async function removeDrafts(home: Home, version: string): Promise<void> {
  const own = `${basename(home.index(version))}.`;
  const names = (await readdir(home.indexes)).filter(
    (name) => name.startsWith(own) && name.endsWith('.draft'),
  );
  await Promise.all(names.map((name) => rm(join(home.indexes, name), { force: true })));
}

async function removeOld(home: Home, version: string): Promise<void> {
  const names = (await readdir(home.indexes)).filter((name) => name.endsWith('.tracks'));
  const others = names.map((name) => join(home.indexes, name)).filter((path) => path !== home.index(version));
  const dated = await Promise.all(others.map(async (path) => ({ path, time: (await stat(path)).mtimeMs })));
  const old = dated.toSorted((a, b) => b.time - a.time).slice(OTHERS_KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return false;
    throw error;
  }
}
