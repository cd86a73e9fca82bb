import { coalesce } from '../core/coalesce.js';
import { type SegueError, toSegueError } from '../core/errors.js';
import { checkKey, type KeyCheck, type KeyRecord, stateOf } from './keys.js';

/** What the service asks of the keys. */
export interface KeyRing {
  /** Checks the text of an X-API-Key header. */
  check(sent: string | undefined): KeyCheck;
  /** Keys that work now. */
  active(): number;
}

/** A key ring that can be brought up to date. */
export interface StoredKeyRing extends KeyRing {
  /** Reads the keys again. Never rejects: keys that can't be read open nothing, and `onError` hears of it. */
  refresh(): Promise<void>;
}

export interface KeyRingParts {
  readonly read: () => Promise<readonly KeyRecord[]>;
  readonly now: () => Date;
  readonly onError: (error: SegueError) => void;
}

/** Keeps the stored keys in memory. It opens nothing until it was refreshed, nor after a refresh that failed. */
export function keyRing({ read, now, onError }: KeyRingParts): StoredKeyRing {
  let records: ReadonlyMap<string, KeyRecord> = new Map();
  let complaint: string | undefined;
  return {
    check: (sent) => checkKey(records, sent, now()),
    active: () => [...records.values()].filter((record) => stateOf(record, now()) === 'active').length,
    refresh: coalesce(async () => {
      try {
        records = new Map((await read()).map((record) => [record.id, record]));
        complaint = undefined;
      } catch (thrown) {
        records = new Map();
        const error = toSegueError(thrown);
        if (error.message !== complaint) onError(error); // a poll repeats it; the log need not
        complaint = error.message;
      }
    }),
  };
}
