import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isNodeError, syncFolder } from '../core/files.js';
import { type LockOptions, withLock } from '../core/lock.js';
import {
  type Ledger,
  type LedgerDraft,
  type LedgerEntry,
  lineOf,
  parseLedger,
  sealEntries,
} from './ledger.js';

/** Entries of a ledger file, oldest first; none where there is no file yet. Needs no lock: what is written never changes. */
export async function readLedger(path: string): Promise<readonly LedgerEntry[]> {
  return (await readFrom(path)).entries;
}

/** What is to be added to the ledger as it stands. */
export type Decide = (entries: readonly LedgerEntry[]) => Promise<readonly LedgerDraft[]>;

/**
 * Adds what `decide` makes of the ledger as it stands; nobody else writes in between. Each entry is one write, on the disk before this
 * returns.
 *
 * @returns the entries that were added
 * @throws SegueError SEGUE_LEDGER_CORRUPT, SEGUE_HOME_LOCKED, and what `decide` throws: nothing is written then
 */
export async function appendToLedger(
  path: string,
  now: () => Date,
  decide: Decide,
  options: LockOptions,
): Promise<readonly LedgerEntry[]> {
  return withLock(
    `${path}.lock`,
    async () => {
      const ledger = await readFrom(path);
      const { entries } = ledger;
      const added = sealEntries(await decide(entries), entries.at(-1), now);
      if (added.length > 0) await append(path, ledger, added);
      return added;
    },
    options,
  );
}

async function append(path: string, ledger: Ledger, added: readonly LedgerEntry[]): Promise<void> {
  const file = await open(path, 'a');
  try {
    if (ledger.torn) await file.truncate(ledger.wholeBytes);
    for (const entry of added) {
      const line = Buffer.from(lineOf(entry));
      const { bytesWritten } = await file.write(line);
      if (bytesWritten < line.length)
        throw new Error(`Only ${bytesWritten} of ${line.length} bytes fit into ${path}`);
      await file.sync();
    }
  } finally {
    await file.close();
  }
  if (ledger.entries.length === 0) await syncFolder(dirname(path));
}

async function readFrom(path: string): Promise<Ledger> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return { entries: [], wholeBytes: 0, torn: false };
    throw error;
  }
  return parseLedger(bytes, path);
}
