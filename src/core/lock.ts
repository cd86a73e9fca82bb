import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SegueError } from './errors.js';
import { draftPath, isNodeError, readIfPresent } from './files.js';
import { sha256 } from './hash.js';
import { livenessOf, OWN_IDENTITY, type ProcessIdentity } from './process-identity.js';

/** What a lock file holds: who works here, and since when. */
export interface LockHolder extends ProcessIdentity {
  readonly since: string;
  /** Makes every acquisition's text unlike any other. */
  readonly token: string;
}

export interface LockOptions {
  /** How long to wait for the holder, in milliseconds. Default 0: not at all. */
  readonly waitMs?: number;
  /** Told once, when there is somebody to wait for. */
  readonly onWait?: (holder: LockHolder) => void;
}

const HEARTBEAT_MS = 10_000;
const SILENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 50;

/** Keeps a lock beyond its work, until something that the work began and gave up has ended. */
export type Keep = (rest: Promise<unknown>) => void;

/**
 * Does `work` while no other process of this machine, and no other caller of this one, holds the lock at `path`. The lock of a
 * process that died, by SIGKILL or power failure too, is taken over at once; that of one in another container, after a minute without
 * its heartbeat. Locks are not re-entrant.
 *
 * @param work is told how to keep the lock beyond itself: its outcome isn't waited for then, but the lock stays until the rest has
 * ended, or the process has
 * @throws SegueError SEGUE_HOME_LOCKED, naming the holder, when `waitMs` is over
 */
export async function withLock<T>(
  path: string,
  work: (keep: Keep) => Promise<T>,
  { waitMs = 0, onWait }: LockOptions = {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const claim = JSON.stringify(newHolder());
  await acquire(path, claim, waitMs, onWait);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined); // a lost beat is made good by the next
  }, HEARTBEAT_MS).unref();
  const release = async (): Promise<void> => {
    clearInterval(heartbeat);
    if ((await readIfPresent(path)) === claim) await rm(path, { force: true });
  };
  const kept: Promise<unknown>[] = [];
  try {
    return await work((rest) => kept.push(rest));
  } finally {
    if (kept.length === 0) await release();
    else
      void Promise.allSettled(kept)
        .then(release)
        .catch(() => undefined); // who comes next takes it from a process that ended
  }
}

async function acquire(
  path: string,
  claim: string,
  waitMs: number,
  onWait: ((holder: LockHolder) => void) | undefined,
): Promise<void> {
  const started = performance.now();
  for (let tries = 1; ; tries += 1) {
    const holder = await tryAcquire(path, claim);
    if (holder === undefined) return;
    if (performance.now() - started >= waitMs) throw lockedBy(holder, path, waitMs);
    if (tries === 1) onWait?.(holder);
    await delay(1 + Math.random() * Math.min(4 * tries, LONGEST_PAUSE_MS)); // apart, so that waiters don't march in step
  }
}

/**
 * Puts the claim at `path`, or tells who is in the way.
 *
 * A dead holder's file must be removed by one process only, and never after it has been replaced: otherwise the slower of two would
 * remove the lock that the faster has just taken. So the right to remove it is itself a lock, whose name is the hash of what is to be
 * removed. Who holds it looks again: if `path` still has that text, nobody else may change it. That lock is taken as any other, so
 * the death of its holder is mended in the same way.
 */
async function tryAcquire(path: string, claim: string): Promise<LockHolder | undefined> {
  for (;;) {
    const text = await readIfPresent(path);
    if (text === undefined) {
      if (await create(path, claim)) return undefined;
      continue;
    }
    const holder = parseHolder(text);
    if (holder !== undefined && (await isAlive(holder, path))) return holder;

    const burial = `${path}.${sha256(text).slice(0, 12)}`;
    const busy = await tryAcquire(burial, claim);
    if (busy !== undefined) return busy;
    try {
      if ((await readIfPresent(path)) === text) await rm(path, { force: true });
    } finally {
      await rm(burial, { force: true });
    }
  }
}

/** Makes a file with its content or not at all, and by one process only; false where there is one. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = draftPath(path);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    await link(draft, path);
    return true;
  } catch (error) {
    if (isNodeError(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isAlive(holder: LockHolder, path: string): Promise<boolean> {
  const liveness = livenessOf(holder);
  if (liveness !== 'unknown') return liveness === 'alive';
  try {
    return Date.now() - (await stat(path)).mtimeMs < SILENCE_MS;
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return false;
    throw error;
  }
}

/** The holder, or undefined for text that no Segue wrote whole: what a power failure leaves. */
function parseHolder(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<LockHolder> | null;
    return typeof holder?.pid === 'number' && holder.pid > 0 ? (holder as LockHolder) : undefined;
  } catch {
    return undefined;
  }
}

function newHolder(): LockHolder {
  return { ...OWN_IDENTITY, since: new Date().toISOString(), token: randomBytes(8).toString('hex') };
}

function lockedBy(holder: LockHolder, path: string, waitMs: number): SegueError {
  return new SegueError('SEGUE_HOME_LOCKED', {
    what: `Another process holds ${path}`,
    value: `process ${holder.pid}, since ${holder.since}`,
    limit: `${waitMs} ms of waiting`,
    mend: 'Wait until that process has ended, or stop it; a dead process’s lock is taken over by itself.',
  });
}
