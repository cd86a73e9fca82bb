import { coalesce } from '../core/coalesce.js';
import { type SegueError, toSegueError } from '../core/errors.js';
import type { KeyRecord } from './keys.js';
import { checkKey, type KeyRefusal, type KnownKey, knowKey, sentId, stillValid } from './known-key.js';
import type { RateLimit } from './rate.js';

/** What the service asks of the keys. */
export interface KeyRing {
  /** Checks the text of an X-API-Key header. */
  check(sent: string | undefined): KnownKey | KeyRefusal;
  /** Checks a key that a session names. */
  checkId(id: string): KnownKey | KeyRefusal;
  /** Id of the stored key that was sent, whether it works or not; null where there is none. */
  idOf(sent: string | undefined): string | null;
  /** Keys that work now. */
  active(): number;
  /** When each key was last used since this process began, in milliseconds since 1970. */
  used(): ReadonlyMap<string, number>;
}

/** A key ring that can be brought up to date. */
export interface StoredKeyRing extends KeyRing {
  /** Reads the keys again. Never rejects: keys that can't be read open nothing, and `onError` hears of it. */
  refresh(): Promise<void>;
}

export interface KeyRingParts {
  readonly read: () => Promise<readonly KeyRecord[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onError: (error: SegueError) => void;
  /** Of keys that have none of their own. */
  readonly limit?: RateLimit | null;
  /** This process's part of every limit; the whole unless given. */
  readonly share?: number;
}

/** Keeps the stored keys in memory. It opens nothing until it was refreshed, nor after a refresh that failed. */
export function keyRing({ read, now, onError, limit = null, share = 1 }: KeyRingParts): StoredKeyRing {
  /** As they were last read, also while the file can't be: what they have used must outlast that. */
  let known: ReadonlyMap<string, KnownKey> = new Map();
  let open: ReadonlyMap<string, KnownKey> = new Map();
  let complaint: string | undefined;
  return {
    check: (sent) => checkKey(open, sent, now()),
    checkId(id) {
      const key = open.get(id);
      return key === undefined ? 'unknown' : stillValid(key, now());
    },
    idOf(sent) {
      const id = sentId(sent);
      return id !== undefined && known.has(id) ? id : null;
    },
    active: () => [...open.values()].filter((key) => !key.revoked && key.expiresAtMs > now()).length,
    used: () =>
      new Map([...known.values()].filter((key) => key.lastUsedMs > 0).map((key) => [key.id, key.lastUsedMs])),
    refresh: coalesce(async () => {
      try {
        const records = await read();
        known = new Map(
          records.map((record) => [record.id, knowKey(record, limit, share, known.get(record.id))]),
        );
        open = known;
        complaint = undefined;
      } catch (thrown) {
        open = new Map();
        const error = toSegueError(thrown);
        if (error.message !== complaint) onError(error); // a poll repeats it; the log need not
        complaint = error.message;
      }
    }),
  };
}
