import { inBatches } from '../core/batches.js';
import { type SegueError, toSegueError } from '../core/errors.js';
import { namesIn } from '../core/files.js';
import type { Home } from '../core/home.js';
import type { Page, PageAsk } from '../core/page.js';
import { isVersionName, loadVersion, type ModelVersion, notFound } from './files.js';
import { entriesAsOf, historyOf, isPruned, stateOf, type VersionState } from './history.js';
import type { LedgerEntry } from './ledger.js';
import { ledgerOf } from './ledger-of.js';

/** A version in a list. */
export interface VersionSummary<Content = ModelVersion> {
  readonly version: string;
  readonly state: VersionState;
  /** Whether its files were removed (`segue prune`), and it was not trained again since. */
  readonly pruned: boolean;
  /** Times of the ledger; null for what didn't happen. */
  readonly registered_at: string | null;
  /** When it last came into production. */
  readonly promoted_at: string | null;
  /** The run that registered it. */
  readonly run: string | null;
  /** What its files hold, or why they can't be read: one damaged version doesn't hide the others. */
  readonly content: Content | { readonly error: SegueError };
}

/** Where a version stands in the list; it keeps its place when others are registered. */
export interface VersionPosition {
  readonly version: string;
  /** Whether an entry of the ledger names it. */
  readonly told: boolean;
}

export interface VersionDetails extends ModelVersion {
  readonly state: VersionState;
  readonly history: readonly LedgerEntry[];
}

/**
 * Every version of the home: those of the ledger, the newest first; then those that no entry names, by name.
 *
 * @param asOf as they stood at that moment; those that no entry names are left out then
 */
export async function listVersions(home: Home, asOf?: Date): Promise<readonly VersionSummary[]> {
  const all = { limit: Number.POSITIVE_INFINITY, after: undefined };
  return (await pageOfVersions(home, all, (version) => loadVersion(home, version), asOf)).entries;
}

/**
 * A part of that list. Only its own versions are loaded.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND where `after` is a version that the ledger doesn't name
 */
export async function pageOfVersions<Content>(
  home: Home,
  { limit, after }: PageAsk<VersionPosition>,
  load: (version: string) => Promise<Content>,
  asOf?: Date,
): Promise<Page<VersionSummary<Content>, VersionPosition>> {
  const entries = entriesAsOf(await ledgerOf(home), asOf);
  const untold = asOf === undefined ? (await namesIn(home.models)).filter(isVersionName).toSorted() : [];
  const order = orderOf(entries, untold);
  const rest = after === undefined ? order : order.slice(startAfter(order, after));
  const page = rest.slice(0, limit);
  return {
    entries: await inBatches(page, ({ version }) => summarise(entries, version, load)),
    next: rest.length > limit ? page.at(-1) : undefined,
  };
}

function orderOf(entries: readonly LedgerEntry[], folders: readonly string[]): readonly VersionPosition[] {
  const told = new Set(entries.map(({ version }) => version));
  const untold = folders.filter((version) => !told.has(version));
  return [
    ...[...told].toReversed().map((version) => ({ version, told: true })),
    ...untold.map((version) => ({ version, told: false })),
  ];
}

function startAfter(order: readonly VersionPosition[], { version, told }: VersionPosition): number {
  if (told) {
    const at = order.findIndex((position) => position.told && position.version === version);
    if (at < 0) throw notFound(version);
    return at + 1;
  }
  const at = order.findIndex((position) => !position.told && position.version > version);
  return at < 0 ? order.length : at;
}

/**
 * All that is known of a version, or was at a moment: its checked files, its state and its history.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT, SEGUE_LEDGER_CORRUPT
 */
export async function showVersion(home: Home, version: string, asOf?: Date): Promise<VersionDetails> {
  const { model, metrics, profile } = await loadVersion(home, version);
  const entries = entriesAsOf(await ledgerOf(home), asOf);
  if (asOf !== undefined && !entries.some((entry) => entry.version === version)) throw notFound(version);
  return { model, metrics, profile, state: stateOf(entries, version), history: historyOf(entries, version) };
}

async function summarise<Content>(
  entries: readonly LedgerEntry[],
  version: string,
  load: (version: string) => Promise<Content>,
): Promise<VersionSummary<Content>> {
  const own = entries.filter((entry) => entry.version === version);
  const registered = own.findLast(({ event }) => event === 'registered');
  const promoted = own.findLast(({ event }) => event === 'promoted' || event === 'rolled_back');
  return {
    version,
    state: stateOf(entries, version),
    pruned: isPruned(entries, version),
    registered_at: registered?.time ?? null,
    promoted_at: promoted?.time ?? null,
    run: registered?.run ?? null,
    content: await load(version).catch((error: unknown) => ({ error: toSegueError(error) })),
  };
}
