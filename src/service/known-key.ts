import { hash, timingSafeEqual } from 'node:crypto';
import { KEY_FORM, type KeyRecord, type Scope } from './keys.js';
import { type Meter, meterOf, type RateLimit } from './rate.js';

/** A key in memory, laid out so that its check costs next to nothing. Times are milliseconds since 1970. */
export interface KnownKey {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly revoked: boolean;
  readonly expiresAtMs: number;
  readonly secrets: readonly KnownSecret[];
  /** undefined: without a limit. */
  readonly meter: Meter | undefined;
  /** 0: not since this process began. */
  lastUsedMs: number;
}

interface KnownSecret {
  readonly hash: Buffer;
  readonly untilMs: number;
}

/** Written by each check anew: to make a Buffer for each takes longer than the hash itself. */
const sentHash = Buffer.alloc(32);

export type KeyRefusal = 'missing' | 'malformed' | 'unknown' | 'wrong_secret' | 'revoked' | 'expired';

/** Where the id stands in a key: `segue_<id>_…`. */
const ID_FROM = 6;
const ID_TO = 18;
const KEY_LENGTH = 62;

/** Compared with where the id is unknown, so that the answer takes as long as for a known one. */
const NO_SECRETS: readonly KnownSecret[] = [{ hash: Buffer.alloc(32), untilMs: Number.NEGATIVE_INFINITY }];

/**
 * @param limit of keys that have none of their own
 * @param share this process's part of every limit
 * @param before the same key as it was known until now: what it has used goes on counting
 */
export function knowKey(
  record: KeyRecord,
  limit: RateLimit | null,
  share: number,
  before: KnownKey | undefined,
): KnownKey {
  const applies = record.limit ?? limit;
  const meter = applies === null ? undefined : meterOf(applies, share);
  if (meter !== undefined) meter.evenAtMs = before?.meter?.evenAtMs ?? 0;
  return {
    id: record.id,
    scopes: record.scopes,
    revoked: record.revoked_at !== null,
    expiresAtMs: record.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(record.expires_at),
    secrets: [
      { hash: Buffer.from(record.secret_hash, 'hex'), untilMs: Number.POSITIVE_INFINITY },
      ...record.earlier.map(({ secret_hash, until }) => ({
        hash: Buffer.from(secret_hash, 'hex'),
        untilMs: Date.parse(until),
      })),
    ],
    meter,
    lastUsedMs: before?.lastUsedMs ?? 0,
  };
}

/**
 * Checks a key as it came in a header; notes its use. Secrets are compared by their hashes in constant time; state and expiry are
 * looked at only after the secret was right.
 */
export function checkKey(
  keys: ReadonlyMap<string, KnownKey>,
  sent: string | undefined,
  nowMs: number,
): KnownKey | KeyRefusal {
  if (sent === undefined || sent === '') return 'missing';
  if (!hasKeyShape(sent)) return 'malformed';
  const key = keys.get(sent.slice(ID_FROM, ID_TO));
  sentHash.write(hash('sha256', sent.slice(ID_TO + 1), 'binary'), 'binary');
  let same = false;
  for (const secret of key?.secrets ?? NO_SECRETS) {
    if (timingSafeEqual(sentHash, secret.hash) && secret.untilMs > nowMs) same = true;
  }
  if (key === undefined) return 'unknown';
  if (!same) return 'wrong_secret';
  return stillValid(key, nowMs);
}

/** A key whose secret, or whose session, was right: it may have ended since. Notes its use. */
export function stillValid(key: KnownKey, nowMs: number): KnownKey | KeyRefusal {
  if (key.revoked) return 'revoked';
  if (key.expiresAtMs <= nowMs) return 'expired';
  key.lastUsedMs = nowMs;
  return key;
}

/** What is cheap to see of KEY_FORM; the rest shows in id and hash. */
function hasKeyShape(sent: string): boolean {
  return sent.length === KEY_LENGTH && sent.startsWith('segue_') && sent[ID_TO] === '_';
}

/** The id in what was sent, if that has the form of a key. */
export function sentId(sent: string | undefined): string | undefined {
  return sent !== undefined && KEY_FORM.test(sent) ? sent.slice(ID_FROM, ID_TO) : undefined;
}
