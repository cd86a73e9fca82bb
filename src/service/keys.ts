import { randomBytes } from 'node:crypto';
import { sha256 } from '../core/hash.js';
import type { RateLimit } from './rate.js';

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
  /** Secrets from before a rotation that still work, each until its time. */
  readonly earlier: readonly EarlierSecret[];
  /** null: the server's own limit for all keys, if it has one. */
  readonly limit: RateLimit | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

export interface EarlierSecret {
  readonly secret_hash: string;
  readonly until: string;
}

export interface KeySpec {
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
  readonly limit?: RateLimit | undefined;
}

/** A fresh key: the text that its owner sends, shown once, and the record that is kept. */
export interface NewKey {
  readonly key: string;
  readonly record: KeyRecord;
}

type Random = (bytes: number) => Buffer;

/** `segue_<id>_<secret>`: 48 random bits in hexadecimal, 256 in base64url. */
export const KEY_FORM = /^segue_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** Makes a key; `random` gives that many random bytes. */
export function newKey(spec: KeySpec, now: Date, random: Random = randomBytes): NewKey {
  const id = random(6).toString('hex');
  const secret = random(32).toString('base64url');
  return {
    key: `segue_${id}_${secret}`,
    record: {
      id,
      label: spec.label,
      scopes: SCOPES.filter((scope) => spec.scopes.includes(scope)),
      secret_hash: sha256(secret),
      earlier: [],
      limit: spec.limit ?? null,
      created_at: now.toISOString(),
      expires_at: spec.expiresAt?.toISOString() ?? null,
      revoked_at: null,
    },
  };
}

/** Gives a key another secret; those that work now go on for `overlapMs`, but no longer than they would have. */
export function rotatedKey(
  record: KeyRecord,
  overlapMs: number,
  now: Date,
  random: Random = randomBytes,
): NewKey {
  const secret = random(32).toString('base64url');
  const until = new Date(now.getTime() + overlapMs).toISOString();
  const current = { secret_hash: record.secret_hash, until };
  const earlier = record.earlier.map((old) => (old.until < until ? old : { ...old, until }));
  return {
    key: `segue_${record.id}_${secret}`,
    record: {
      ...record,
      secret_hash: sha256(secret),
      earlier: [...earlier, current].filter((old) => Date.parse(old.until) > now.getTime()),
    },
  };
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
