import { SegueError } from '../core/errors.js';
import type { Home } from '../core/home.js';
import { type Act, type Author, change, hasHappened } from './change.js';
import { compareChecksums } from './checksums.js';
import { isHere, loadVersion } from './files.js';
import {
  isPruned,
  productionAt,
  productionEntryAt,
  registrationIn,
  rollbackTarget,
  stateOf,
} from './history.js';
import type { LedgerDraft, LedgerEntry } from './ledger.js';
import { ledgerOf } from './ledger-of.js';
import { shareVersion } from './shared-version.js';
import type { Succession } from './succession.js';

/** How a promotion or a rollback left production. */
export interface ProductionChange {
  readonly version: string;
  readonly previous: string | null;
  /** False where the version was in production already. */
  readonly changed: boolean;
}

/** The version in production, now or at a moment of the past. */
export async function productionVersion(home: Home, at?: Date): Promise<string | null> {
  return productionAt(await ledgerOf(home), at);
}

/** As `productionVersion`, with the entry that says since when, by whom and in place of what. */
export async function productionEntry(home: Home, at?: Date): Promise<LedgerEntry | undefined> {
  return productionEntryAt(await ledgerOf(home), at);
}

/** The entry by which a version was registered; undefined where it wasn't, or was pruned since. */
export async function registrationOf(home: Home, version: string): Promise<LedgerEntry | undefined> {
  return registrationIn(await ledgerOf(home), version);
}

/**
 * Enters a version with the checksums of its files, once.
 *
 * @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT, SEGUE_LEDGER_CORRUPT, SEGUE_HOME_LOCKED
 */
export async function register(home: Home, version: string, act: Act): Promise<'registered' | 'existing'> {
  const added = await change(home, act, (entries, author) => registration(home, version, entries, author));
  return added.length > 0 ? 'registered' : 'existing';
}

/**
 * Puts a version into production, registered or not, once its files have passed their check. Nothing changes where it is there
 * already, or where this run has promoted it before: a run that is gone on with doesn't undo what others promoted since.
 *
 * @throws SegueError SEGUE_GATE_REFUSED by hand for a version that the gate refused, unless a person answers for it; as `register`; the version in production stays then
 */
export async function promote(home: Home, version: string, act: Act): Promise<ProductionChange> {
  let before: string | null = null;
  const added = await change(home, act, async (entries, author) => {
    before = productionAt(entries);
    if (before === version || (act.run !== null && hasHappened(entries, 'promoted', version, act.run)))
      return [];
    const override = act.run === null ? overrideOf(entries, version, act) : {};
    const missing = await registration(home, version, entries, author);
    return [...missing, { event: 'promoted', version, ...override, ...author }];
  });
  return { version: added.at(-1)?.version ?? before ?? version, previous: before, changed: added.length > 0 };
}

/**
 * Brings back the version that was in production before the present one. Another rollback goes one further back (`rollbackTarget`).
 *
 * @throws SegueError SEGUE_NO_EARLIER_VERSION, or as `register`; the version in production stays then
 */
export async function rollback(home: Home, act: Act): Promise<ProductionChange> {
  const [entry] = await change(home, act, async (entries, author) => {
    const version = rollbackTarget(entries);
    if (version === undefined) throw nothingEarlier(productionAt(entries));
    await registration(home, version, entries, author);
    return [{ event: 'rolled_back', version, ...author }];
  });
  return { version: entry!.version, previous: entry!.previous, changed: true };
}

/** Checks a version's files, against its registration too if it has one; else returns the registration that it needs. */
async function registration(
  home: Home,
  version: string,
  entries: readonly LedgerEntry[],
  author: Author,
): Promise<LedgerDraft[]> {
  if (isPruned(entries, version) && !(await isHere(home, version))) throw pruned(version, entries);
  const { checksums, metrics } = await loadVersion(home, version);
  const registered = registrationIn(entries, version);
  if (registered === undefined) {
    await shareVersion(home, version);
    const { succession = null } = metrics as { readonly succession?: Succession | null };
    const told = succession === null ? {} : { succession };
    return [{ event: 'registered', version, files: checksums, ...told, ...author }];
  }
  if (registered.files !== undefined)
    compareChecksums(home.model(version).folder, checksums, registered.files);
  return [];
}

/** A version that the gate refused goes into production only on a named person's word, with a reason. */
function overrideOf(
  entries: readonly LedgerEntry[],
  version: string,
  { overrideBy, reason }: Act,
): Pick<LedgerDraft, 'override'> {
  if (stateOf(entries, version) !== 'refused') return {};
  const rules =
    entries.findLast((entry) => entry.event === 'refused' && entry.version === version)?.rules ?? [];
  if (overrideBy !== undefined && reason !== undefined) return { override: { by: overrideBy, rules } };
  throw new SegueError('SEGUE_GATE_REFUSED', {
    what: 'The gate refused this version',
    value: version,
    limit: rules.length === 0 ? undefined : `failed: ${rules.join(', ')}`,
    mend: `A person may answer for it: segue models promote ${version} --override --by NAME --reason TEXT.`,
  });
}

function pruned(version: string, entries: readonly LedgerEntry[]): SegueError {
  const last = entries.findLast((entry) => entry.event === 'pruned' && entry.version === version);
  return new SegueError('SEGUE_MODEL_NOT_FOUND', {
    what: `The files of this version were removed by «segue prune» at ${last?.time}`,
    value: version,
    mend: 'Promote another version: «segue models list» lists them.',
  });
}

function nothingEarlier(production: string | null): SegueError {
  return new SegueError('SEGUE_NO_EARLIER_VERSION', {
    what:
      production === null
        ? 'No model is in production'
        : 'No version was in production before the present one',
    value: production ?? undefined,
    mend: 'Promote a version by its name; «segue models list» lists them.',
  });
}
