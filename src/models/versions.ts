import { readdir } from 'node:fs/promises';
import { type SegueError, toSegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import type { Home } from '../core/home.js';
import { isVersionName, loadVersion, type ModelVersion } from './files.js';
import { historyOf, stateOf, type VersionState } from './history.js';
import type { LedgerEntry } from './ledger.js';
import { readLedger } from './ledger-file.js';

/** A version in a list. */
export interface VersionSummary {
  readonly version: string;
  readonly state: VersionState;
  /** Times of the ledger; null for what didn't happen. */
  readonly registered_at: string | null;
  /** When it last came into production. */
  readonly promoted_at: string | null;
  /** The run that registered it. */
  readonly run: string | null;
  /** Model and metrics, or why they can't be read: one damaged version doesn't hide the others. */
  readonly content: ModelVersion | { readonly error: SegueError };
}

export interface VersionDetails extends ModelVersion {
  readonly state: VersionState;
  readonly history: readonly LedgerEntry[];
}

/** Every version of the home: those of the ledger, the newest first; then those that no entry names, by name. */
export async function listVersions(home: Home): Promise<readonly VersionSummary[]> {
  const entries = await readLedger(home.ledger);
  const told = [...new Set(entries.map(({ version }) => version))].toReversed();
  const untold = (await foldersIn(home.models)).filter((name) => !told.includes(name));
  return Promise.all([...told, ...untold].map((version) => summarise(home, entries, version)));
}

/**
 * All that is known of a version: its checked files, its state and its history.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT, SEGUE_LEDGER_CORRUPT
 */
export async function showVersion(home: Home, version: string): Promise<VersionDetails> {
  const { model, metrics, profile } = await loadVersion(home, version);
  const entries = await readLedger(home.ledger);
  return { model, metrics, profile, state: stateOf(entries, version), history: historyOf(entries, version) };
}

async function summarise(
  home: Home,
  entries: readonly LedgerEntry[],
  version: string,
): Promise<VersionSummary> {
  const own = entries.filter((entry) => entry.version === version);
  const registered = own.find(({ event }) => event === 'registered');
  const promoted = own.findLast(({ event }) => event === 'promoted' || event === 'rolled_back');
  return {
    version,
    state: stateOf(entries, version),
    registered_at: registered?.time ?? null,
    promoted_at: promoted?.time ?? null,
    run: registered?.run ?? null,
    content: await loadVersion(home, version).catch((error: unknown) => ({ error: toSegueError(error) })),
  };
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).filter(isVersionName).toSorted();
  } catch (error) {
    if (isNodeError(error, 'ENOENT')) return [];
    throw error;
  }
}
