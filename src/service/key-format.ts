import { SegueError } from '../core/errors.js';
import { type EarlierSecret, type KeyRecord, SCOPES } from './keys.js';
import type { RateLimit } from './rate.js';

const FORMAT = 'segue-keys/1';

/** The text of the key file. */
export function formatKeys(keys: readonly KeyRecord[]): string {
  return `${JSON.stringify({ format: FORMAT, keys }, null, 2)}\n`;
}

/** Reads the key file; anything unexpected in it is an error, so that a broken file opens nothing. */
export function parseKeys(text: string, path: string): readonly KeyRecord[] {
  try {
    const file = JSON.parse(text) as { format?: unknown; keys?: unknown };
    if (file.format === FORMAT && Array.isArray(file.keys) && file.keys.every(isKeyRecord))
      return file.keys.map((key) => ({ ...ADDED, ...key }));
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

/** What files from before rotation and limits lack. */
const ADDED = { earlier: [], limit: null } as const;

function isKeyRecord(value: unknown): value is KeyRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { id, label, scopes, secret_hash, earlier, limit, created_at, expires_at, revoked_at } = {
    ...ADDED,
    ...value,
  } as Record<keyof KeyRecord, unknown>;
  return (
    typeof id === 'string' &&
    typeof label === 'string' &&
    Array.isArray(scopes) &&
    scopes.every((scope) => (SCOPES as readonly unknown[]).includes(scope)) &&
    isHash(secret_hash) &&
    Array.isArray(earlier) &&
    earlier.every(isEarlierSecret) &&
    (limit === null || isRateLimit(limit)) &&
    isTime(created_at) &&
    (expires_at === null || isTime(expires_at)) &&
    (revoked_at === null || isTime(revoked_at))
  );
}

function isEarlierSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { secret_hash, until } = value as Record<keyof EarlierSecret, unknown>;
  return isHash(secret_hash) && isTime(until);
}

function isRateLimit(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { rate, burst } = value as Record<keyof RateLimit, unknown>;
  return typeof rate === 'number' && rate > 0 && typeof burst === 'number' && burst >= 1;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
