import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { coalesce } from '../core/coalesce.js';
import { namesIn, readIfPresent, writeJson } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { livenessOf, OWN_IDENTITY, type ProcessIdentity } from '../core/process-identity.js';
import type { KeyRing } from './key-ring.js';

/** When each key was last used, in milliseconds since 1970. */
export type KeysUsed = ReadonlyMap<string, number>;

interface UsedFile {
  /** null in the file of those that have ended. */
  readonly process: ProcessIdentity | null;
  readonly used: Readonly<Record<string, string>>;
}

const ENDED = 'ended.json';

/** A crash loses at most these milliseconds of use. */
const TELL_MS = 10_000;

const DAY_MS = 86_400_000;

const LONGEST_WAIT_MS = 5000;

/** When each key was last used by any process, as far as they have told. */
export async function readKeysUsed(home: Home): Promise<KeysUsed> {
  return latestOf((await readFiles(home)).map(({ file }) => file));
}

/** Tells what this process has used: writes its file whole, if anything is new since the last time. */
export function keysUsedWriter(home: Home, used: () => KeysUsed): () => Promise<void> {
  const path = join(home.keysUsed, `${OWN_IDENTITY.pid}-${OWN_IDENTITY.start ?? Date.now()}.json`);
  let told = 0;
  return async () => {
    const now = used();
    const latest = Math.max(0, ...now.values());
    if (latest === told) return;
    await writeJson(path, fileOf(OWN_IDENTITY, now));
    told = latest;
  };
}

/** As long as the server runs, tells every few seconds what keys it has seen, and once more when it stops. */
export function followUse(
  app: FastifyInstance,
  home: Home,
  { used }: Pick<KeyRing, 'used'>,
  log: FastifyBaseLogger,
): void {
  const write = keysUsedWriter(home, used);
  const tell = coalesce(async () => {
    await write().catch((err: unknown) => log.warn({ err }, 'the use of keys cannot be written'));
  });
  const timer = setInterval(() => void tell(), TELL_MS).unref();
  app.addHook('onClose', () => {
    clearInterval(timer);
    return tell();
  });
}

/**
 * Puts the files of processes that have ended into one. Killed half-way, it loses nothing: the latest time counts. Of a process in
 * another container nobody knows whether it has ended; after a day without news its file goes too, and comes back whole if it has not.
 */
export async function foldKeysUsed(home: Home, now: Date): Promise<void> {
  const old = now.getTime() - DAY_MS;
  const fold = async (): Promise<void> => {
    const done = (await readFiles(home)).filter(
      ({ file }) => file.process === null || hasEnded(file.process, file, old),
    );
    if (!done.some(({ name }) => name !== ENDED)) return;
    await writeJson(join(home.keysUsed, ENDED), fileOf(null, latestOf(done.map(({ file }) => file))));
    for (const { name } of done) {
      if (name !== ENDED) await rm(join(home.keysUsed, name), { force: true });
    }
  };
  await withLock(`${home.keysUsed}.lock`, fold, { waitMs: LONGEST_WAIT_MS });
}

function hasEnded(process: ProcessIdentity, file: UsedFile, oldMs: number): boolean {
  const liveness = livenessOf(process);
  return liveness === 'dead' || (liveness === 'unknown' && Math.max(...latestOf([file]).values()) < oldMs);
}

async function readFiles(home: Home): Promise<readonly { name: string; file: UsedFile }[]> {
  const names = (await namesIn(home.keysUsed)).filter((name) => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readIfPresent(join(home.keysUsed, name)) })),
  );
  return files.flatMap(({ name, text }) =>
    text === undefined ? [] : [{ name, file: JSON.parse(text) as UsedFile }],
  );
}

function latestOf(files: readonly UsedFile[]): KeysUsed {
  const latest = new Map<string, number>();
  for (const { used } of files) {
    for (const [id, time] of Object.entries(used)) {
      latest.set(id, Math.max(latest.get(id) ?? 0, Date.parse(time)));
    }
  }
  return latest;
}

function fileOf(process: ProcessIdentity | null, used: KeysUsed): UsedFile {
  return {
    process,
    used: Object.fromEntries([...used].map(([id, ms]) => [id, new Date(ms).toISOString()])),
  };
}
