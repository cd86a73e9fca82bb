import type { Home } from '../core/home.js';
import type { LockOptions } from '../core/lock.js';
import type { LedgerEntry } from './ledger.js';
import { appendToSharedLedger, readSharedLedger } from './ledger-bucket.js';
import { appendToLedger, type Decide, readLedger } from './ledger-file.js';

/**
 * Entries of a home's ledger, oldest first: those of its bucket, where it shares one with other homes.
 *
 * @throws SegueError SEGUE_LEDGER_CORRUPT; with a bucket also SEGUE_REGISTRY_UNREACHABLE, SEGUE_REGISTRY_DIFFERS
 */
export function ledgerOf(home: Home): Promise<readonly LedgerEntry[]> {
  return home.registry === undefined ? readLedger(home.ledger) : readSharedLedger(home, home.registry);
}

/**
 * Adds what `decide` makes of the ledger as it stands; nobody else writes in between.
 *
 * @returns the entries that were added, which are kept safely
 * @throws SegueError as `ledgerOf`, SEGUE_HOME_LOCKED, and what `decide` throws: nothing is written then
 */
export function addToLedger(
  home: Home,
  now: () => Date,
  decide: Decide,
  options: LockOptions,
): Promise<readonly LedgerEntry[]> {
  return home.registry === undefined
    ? appendToLedger(home.ledger, now, decide, options)
    : appendToSharedLedger(home, home.registry, now, decide, options);
}
