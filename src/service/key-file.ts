import { SegueError } from '../core/errors.js';
import { readIfPresent, writeWhole } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import { type KeyRecord, type KeySpec, type NewKey, newKey, SCOPES } from './keys.js';

const FORMAT = 'segue-keys/1';

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
  await change(home, (records) => [...records, made.record]);
  return made;
}

/**
 * Ends a key at once; revoking a revoked one changes nothing.
 *
 * @throws SegueError SEGUE_KEY_NOT_FOUND
 */
export async function revokeKey(home: Home, id: string, now: Date): Promise<KeyRecord> {
  let revoked: KeyRecord | undefined;
  await change(home, (records) =>
    records.map((record) => {
      if (record.id !== id) return record;
      revoked = { ...record, revoked_at: record.revoked_at ?? now.toISOString() };
      return revoked;
    }),
  );
  if (revoked !== undefined) return revoked;
  throw new SegueError('SEGUE_KEY_NOT_FOUND', {
    what: 'No API key with that id',
    value: id,
    mend: 'List the keys by «segue keys list»; the id is the middle part of a key.',
  });
}

/** Two writers at once would lose one's change, and a lost revocation leaves a door open: hence the lock. */
async function change(
  home: Home,
  edit: (records: readonly KeyRecord[]) => readonly KeyRecord[],
): Promise<void> {
  const write = async (): Promise<void> => {
    const keys = edit(await listKeys(home));
    await writeWhole(home.keys, `${JSON.stringify({ format: FORMAT, keys }, null, 2)}\n`, MODE);
  };
  await withLock(`${home.keys}.lock`, write, { waitMs: LONGEST_WAIT_MS });
}

/** Reads the key file; anything unexpected in it is an error, so that a broken file opens nothing. */
function parseKeys(text: string, path: string): readonly KeyRecord[] {
  try {
    const file = JSON.parse(text) as { format?: unknown; keys?: unknown };
    if (file.format === FORMAT && Array.isArray(file.keys) && file.keys.every(isKeyRecord)) return file.keys;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new SegueError('SEGUE_KEYS_CORRUPT', {
    what: 'The key file cannot be read',
    value: path,
    limit: `JSON of format ${FORMAT}`,
    mend: 'Restore it from a backup, or move it away and create new keys.',
  });
}

function isKeyRecord(value: unknown): value is KeyRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label, scopes, secret_hash, created_at, expires_at, revoked_at } = value as Record<
    keyof KeyRecord,
    unknown
  >;
  return (
    typeof id === 'string' &&
    typeof label === 'string' &&
    Array.isArray(scopes) &&
    scopes.every((scope) => (SCOPES as readonly unknown[]).includes(scope)) &&
    typeof secret_hash === 'string' &&
    /^[0-9a-f]{64}$/.test(secret_hash) &&
    isTime(created_at) &&
    (expires_at === null || isTime(expires_at)) &&
    (revoked_at === null || isTime(revoked_at))
  );
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
