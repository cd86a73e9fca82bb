import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../core/hash.js';

/** What a key may do: ask for predictions, read models and runs, or all of it. */
export const SCOPES = ['predict', 'read', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** A key as it is stored: without its secret. Times are ISO 8601 in UTC. */
export interface KeyRecord {
  readonly id: string;
  /** Who it is for; text for people. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the secret, in hexadecimal. A fast hash is enough: the secret has 256 random bits. */
  readonly secret_hash: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

export interface KeySpec {
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

/** A fresh key: the text that its owner sends, shown once, and the record that is kept. */
export interface NewKey {
  readonly key: string;
  readonly record: KeyRecord;
}

/** `segue_<id>_<secret>`: 48 random bits in hexadecimal, 256 in base64url. */
const KEY_FORM = /^segue_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** Compared with where the id is unknown, so that the answer takes as long as for a known one. */
const NO_HASH = sha256('no key');

/** Makes a key; `random` gives that many random bytes. */
export function newKey(spec: KeySpec, now: Date, random: (bytes: number) => Buffer = randomBytes): NewKey {
  const id = random(6).toString('hex');
  const secret = random(32).toString('base64url');
  return {
    key: `segue_${id}_${secret}`,
    record: {
      id,
      label: spec.label,
      scopes: SCOPES.filter((scope) => spec.scopes.includes(scope)),
      secret_hash: sha256(secret),
      created_at: now.toISOString(),
      expires_at: spec.expiresAt?.toISOString() ?? null,
      revoked_at: null,
    },
  };
}

export type KeyRefusal = 'missing' | 'malformed' | 'unknown' | 'wrong_secret' | 'revoked' | 'expired';

export type KeyCheck =
  | { readonly valid: true; readonly id: string; readonly scopes: readonly Scope[] }
  | { readonly valid: false; readonly reason: KeyRefusal };

/**
 * Checks a key as it came in a header. Secrets are compared by their hashes in constant time; state and expiry are looked at only
 * after the secret was right.
 */
export function checkKey(
  records: ReadonlyMap<string, KeyRecord>,
  sent: string | undefined,
  now: Date,
): KeyCheck {
  if (sent === undefined || sent === '') return { valid: false, reason: 'missing' };
  const [, id, secret] = KEY_FORM.exec(sent) ?? [];
  if (id === undefined || secret === undefined) return { valid: false, reason: 'malformed' };
  const record = records.get(id);
  const same = timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(record?.secret_hash ?? NO_HASH));
  if (record === undefined) return { valid: false, reason: 'unknown' };
  if (!same) return { valid: false, reason: 'wrong_secret' };
  const state = stateOf(record, now);
  return state === 'active' ? { valid: true, id, scopes: record.scopes } : { valid: false, reason: state };
}

/** Whether a key works now, and why not. */
export function stateOf(record: KeyRecord, now: Date): 'active' | 'revoked' | 'expired' {
  if (record.revoked_at !== null) return 'revoked';
  return record.expires_at !== null && Date.parse(record.expires_at) <= now.getTime() ? 'expired' : 'active';
}

/** `admin` implies the other scopes. */
export function allows(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.includes(needed) || scopes.includes('admin');
}
