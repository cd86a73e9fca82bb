import { currentActor } from '../core/actor.js';
import { type AuditEntry, appendAudit } from '../core/audit.js';
import { SegueError } from '../core/errors.js';
import { readIfPresent, writeWhole } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { formatKeys, parseKeys } from './key-format.js';
import { type KeyRecord, type KeySpec, type NewKey, newKey, rotatedKey, stateOf } from './keys.js';
import type { RateLimit } from './rate.js';

/** Only the owner of the home folder reads the hashes. */
const MODE = 0o600;

/** Another writer needs milliseconds. */
const LONGEST_WAIT_MS = 5000;

/** All keys ever made, in the order of their making; none where there is no file. */
export async function listKeys(home: Home): Promise<readonly KeyRecord[]> {
  const text = await readIfPresent(home.keys);
  return text === undefined ? [] : parseKeys(text, home.keys);
}

/** Makes a key and stores its hash. What it returns holds the only copy of the secret. */
export async function createKey(home: Home, spec: KeySpec, now: Date): Promise<NewKey> {
  const made = newKey(spec, now);
  const { id, scopes, expires_at, limit } = made.record;
  const entry = { time: now.toISOString(), event: 'key_created', key: id, scopes, expires_at, limit };
  await change(home, entry, (records) => [...records, made.record]);
  return made;
}

/**
 * Ends a key at once; revoking a revoked one changes nothing.
 *
 * @throws SegueError SEGUE_KEY_NOT_FOUND
 */
export async function revokeKey(home: Home, id: string, now: Date): Promise<KeyRecord> {
  const entry = { time: now.toISOString(), event: 'key_revoked', key: id };
  return changeOne(home, entry, (record) => ({
    ...record,
    revoked_at: record.revoked_at ?? now.toISOString(),
  }));
}

/**
 * Gives a key another secret. The secrets that work now go on for `overlapMs`, so that callers can change over one by one.
 *
 * @throws SegueError SEGUE_KEY_NOT_FOUND; SEGUE_KEY_ENDED for a revoked or expired one
 */
export async function rotateKey(home: Home, id: string, overlapMs: number, now: Date): Promise<NewKey> {
  let key = '';
  const until = new Date(now.getTime() + overlapMs).toISOString();
  const entry = { time: now.toISOString(), event: 'key_rotated', key: id, former_until: until };
  const record = await changeOne(home, entry, (before) => {
    const state = stateOf(before, now);
    if (state !== 'active') throw ended(id, state);
    const made = rotatedKey(before, overlapMs, now);
    key = made.key;
    return made.record;
  });
  return { key, record };
}

/**
 * Sets how much a key may ask for; null leaves that to the server.
 *
 * @throws SegueError SEGUE_KEY_NOT_FOUND
 */
export async function limitKey(
  home: Home,
  id: string,
  limit: RateLimit | null,
  now: Date,
): Promise<KeyRecord> {
  const entry = { time: now.toISOString(), event: 'key_limited', key: id, limit };
  return changeOne(home, entry, (record) => ({ ...record, limit }));
}

function ended(id: string, state: string): SegueError {
  return new SegueError('SEGUE_KEY_ENDED', {
    what: `The API key is ${state}`,
    value: id,
    mend: 'Make a new key by «segue keys create».',
  });
}

/** @throws SegueError SEGUE_KEY_NOT_FOUND */
async function changeOne(
  home: Home,
  entry: AuditEntry & { readonly key: string },
  edit: (record: KeyRecord) => KeyRecord,
): Promise<KeyRecord> {
  let changed: KeyRecord | undefined;
  await change(home, entry, (records) => {
    const edited = records.map((record) => {
      if (record.id !== entry.key) return record;
      changed = edit(record);
      return changed;
    });
    if (changed !== undefined) return edited;
    throw new SegueError('SEGUE_KEY_NOT_FOUND', {
      what: 'No API key with that id',
      value: entry.key,
      mend: 'List the keys by «segue keys list»; the id is the middle part of a key.',
    });
  });
  return changed!;
}

/**
 * Two writers at once would lose one's change, and a lost revocation leaves a door open: hence the lock. What was done is in the audit
 * log when this returns.
 */
async function change(
  home: Home,
  entry: AuditEntry,
  edit: (records: readonly KeyRecord[]) => readonly KeyRecord[],
): Promise<void> {
  const write = async (): Promise<void> => {
    const keys = edit(await listKeys(home));
    await writeWhole(home.keys, formatKeys(keys), MODE);
    await appendAudit(home, [{ ...entry, actor: currentActor() }]);
  };
  await withLock(`${home.keys}.lock`, write, { waitMs: LONGEST_WAIT_MS });
}
