import type { Home } from '../core/home.js';
import type { LedgerDraft, LedgerEntry } from './ledger.js';
import { addToLedger } from './ledger-of.js';

/** Who changes the registry, on whose behalf, and the clock. */
export interface Act {
  /** The run that it belongs to; null for what a person does by hand. */
  readonly run: string | null;
  readonly actor: string;
  readonly now: () => Date;
  readonly reason?: string;
  /** Who answers for a version that the gate refused. */
  readonly overrideBy?: string;
  /** How long to wait for another writer of the ledger, in milliseconds. */
  readonly waitMs?: number;
}

/** What every entry says of who made it. */
export type Author = Pick<LedgerDraft, 'run' | 'actor' | 'reason'>;

const WAIT_MS = 30_000;

/** Adds to the ledger what `decide` makes of it, on somebody's behalf. */
export function change(
  home: Home,
  { run, actor, reason, now, waitMs = WAIT_MS }: Act,
  decide: (entries: readonly LedgerEntry[], author: Author) => Promise<readonly LedgerDraft[]>,
): Promise<readonly LedgerEntry[]> {
  const author = { run, actor, ...(reason === undefined ? {} : { reason }) };
  return addToLedger(home, now, (entries) => decide(entries, author), { waitMs });
}

/** Whether the ledger has such an entry of that run. */
export function hasHappened(
  entries: readonly LedgerEntry[],
  event: LedgerEntry['event'],
  version: string,
  run: string | null,
): boolean {
  return entries.some((entry) => entry.event === event && entry.version === version && entry.run === run);
}
