import type { LedgerEntry } from './ledger.js';

export const VERSION_STATES = ['production', 'archived', 'refused', 'candidate'] as const;

/**
 * `production`: it is there now. `archived`: it was there before. `refused`: the gate's last word on a version that never was.
 * `candidate`: all others.
 */
export type VersionState = (typeof VERSION_STATES)[number];

/** What the ledger said at a moment of the past; without one, all of it. */
export function entriesAsOf(entries: readonly LedgerEntry[], time?: Date): readonly LedgerEntry[] {
  return time === undefined ? entries : entries.filter((entry) => Date.parse(entry.time) <= time.getTime());
}

/** The entry that put the version of that moment into production; undefined where there was none. Without a time, now. */
export function productionEntryAt(entries: readonly LedgerEntry[], time?: Date): LedgerEntry | undefined {
  return entriesAsOf(entries, time).findLast(movesProduction);
}

/** The version that was in production at that moment. */
export function productionAt(entries: readonly LedgerEntry[], time?: Date): string | null {
  return productionEntryAt(entries, time)?.version ?? null;
}

/** All that happened to a version, oldest first; what took it out of production included. */
export function historyOf(entries: readonly LedgerEntry[], version: string): readonly LedgerEntry[] {
  return entries.filter(
    (entry) => entry.version === version || (movesProduction(entry) && entry.previous === version),
  );
}

export function stateOf(entries: readonly LedgerEntry[], version: string): VersionState {
  if (productionAt(entries) === version) return 'production';
  const own = entries.filter((entry) => entry.version === version);
  if (own.some(movesProduction)) return 'archived';
  return own.at(-1)?.event === 'refused' ? 'refused' : 'candidate';
}

/** Whether a version's files were removed, and not registered again since. */
export function isPruned(entries: readonly LedgerEntry[], version: string): boolean {
  const last = entries.findLast(
    (entry) => entry.version === version && (entry.event === 'pruned' || entry.event === 'registered'),
  );
  return last?.event === 'pruned';
}

/** The entry that a version's files are held against; undefined where it was never registered, or pruned since. */
export function registrationIn(entries: readonly LedgerEntry[], version: string): LedgerEntry | undefined {
  if (isPruned(entries, version)) return undefined;
  return entries.findLast((entry) => entry.event === 'registered' && entry.version === version);
}

/**
 * The version that a rollback brings back, by the rule of «undo»: a promotion lays a version on a pile, a rollback takes one off. So
 * after A, B, C the first rollback gives B and the second A, and D promoted after that goes back to A.
 */
export function rollbackTarget(entries: readonly LedgerEntry[]): string | undefined {
  return rollbackPile(entries).at(-2);
}

/** What rollbacks would bring back, one after another, from the end; the last one is in production. */
export function rollbackPile(entries: readonly LedgerEntry[]): readonly string[] {
  const pile: string[] = [];
  for (const { event, version } of entries) {
    if (event === 'promoted') pile.push(version);
    else if (event === 'rolled_back') pile.pop();
  }
  return pile;
}

function movesProduction({ event }: LedgerEntry): boolean {
  return event === 'promoted' || event === 'rolled_back';
}
