import { isPruned, productionAt, rollbackPile, rollbackTarget } from '../models/history.js';
import type { LedgerEntry } from '../models/ledger.js';
import { newestFirst, type RunRecord } from './run-record.js';

/** How much of the past stays. */
export interface RetentionPolicy {
  /** Versions: that many of the newest, and that many which rollbacks would bring back. */
  readonly versions: number;
  /** Datasets: those of that many of the newest runs, of production and of what a rollback would bring back. */
  readonly datasets: number;
}

/** Versions that the ledger names and that the policy doesn't keep, the oldest first. */
export function versionsToPrune(
  entries: readonly LedgerEntry[],
  { versions }: RetentionPolicy,
): readonly string[] {
  const told = [...new Set(entries.map(({ version }) => version))]; // the oldest first
  const here = told.filter((version) => !isPruned(entries, version));
  const kept = new Set([
    ...here.slice(-versions),
    ...rollbackPile(entries).slice(-versions),
    productionAt(entries),
    rollbackTarget(entries),
  ]);
  return here.filter((version) => !kept.has(version));
}

/** Versions whose tracks stay: in production, or one rollback away. */
export function versionsWithTracks(entries: readonly LedgerEntry[]): ReadonlySet<string> {
  const kept = [productionAt(entries), rollbackTarget(entries)];
  return new Set(kept.filter((version) => version !== null && version !== undefined));
}

/**
 * Datasets that the policy doesn't keep.
 *
 * @param present names of the folders: of runs, and of versions whose tracks came from a bucket; others are left alone
 */
export function datasetsToPrune(
  entries: readonly LedgerEntry[],
  records: readonly RunRecord[],
  present: readonly string[],
  { datasets }: RetentionPolicy,
): readonly string[] {
  const needed = versionsWithTracks(entries);
  const madeThem = entries.filter(({ version }) => needed.has(version)).map(({ run }) => run);
  const runs = records.filter(({ run }) => present.includes(run)).toSorted(newestFirst);
  const kept = new Set([
    ...needed,
    ...madeThem,
    ...runs.slice(0, datasets).map(({ run }) => run),
    ...runs.filter(({ state }) => state === 'running').map(({ run }) => run),
  ]);
  const known = new Set([...runs.map(({ run }) => run), ...entries.map(({ version }) => version)]);
  return present.filter((name) => known.has(name) && !kept.has(name));
}
