import { type KeyRecord, stateOf } from '../../service/keys.js';
import type { KeysUsed } from '../../service/keys-used.js';
import { type Io, printJson, printLines, printTable } from '../output.js';

type ShownKey = Omit<KeyRecord, 'secret_hash' | 'earlier'> & {
  /** When the former secrets end. */
  readonly earlier_until: readonly string[];
};

/** A key without anything that was made of its secret. */
export function keyAsJson(record: KeyRecord): ShownKey {
  const { id, label, scopes, limit, created_at, expires_at, revoked_at } = record;
  const earlier_until = record.earlier.map(({ until }) => until);
  return { id, label, scopes, limit, created_at, expires_at, revoked_at, earlier_until };
}

/** Prints all keys with their state and when they were last used. */
export function printKeys(
  io: Io,
  records: readonly KeyRecord[],
  used: KeysUsed,
  now: Date,
  asJson: boolean,
): void {
  const lastUsed = ({ id }: KeyRecord): string | null => {
    const ms = used.get(id);
    return ms === undefined ? null : new Date(ms).toISOString();
  };
  if (asJson) {
    return printJson(
      io,
      records.map((record) => ({
        ...keyAsJson(record),
        state: stateOf(record, now),
        last_used_at: lastUsed(record),
      })),
    );
  }
  if (records.length === 0)
    return printLines(io, 'No keys yet. Make one: segue keys create --scopes predict');
  printTable(
    io,
    ['id', 'state', 'scopes', 'created', 'expires', 'last used', 'limit', 'label'],
    records.map((record) => [
      record.id,
      stateOf(record, now),
      record.scopes.join(','),
      record.created_at,
      record.expires_at ?? 'never',
      lastUsed(record) ?? 'never',
      record.limit === null ? '' : `${record.limit.rate}/s`,
      record.label,
    ]),
  );
}
