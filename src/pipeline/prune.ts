import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readClusterDataset } from '../catalogue/cluster/dataset.js';
import { forgetDataset } from '../catalogue/shared-dataset.js';
import { namesIn } from '../core/files.js';
import type { Home } from '../core/home.js';
import { withLock } from '../core/lock.js';
import type { Act } from '../models/change.js';
import { isPruned } from '../models/history.js';
import type { LedgerEntry } from '../models/ledger.js';
import { ledgerOf } from '../models/ledger-of.js';
import { recordPruned } from '../models/notes.js';
import { forgetVersion } from '../models/shared-version.js';
import { datasetsToPrune, type RetentionPolicy, versionsToPrune, versionsWithTracks } from './retention.js';
import { listRecords } from './run-record.js';

/** What went, or would go. */
export interface Pruned {
  readonly versions: readonly string[];
  /** Of this home, by their folders' names. */
  readonly datasets: readonly string[];
  /** Of this home; files that several datasets share count in each. */
  readonly bytes: number;
  /** Folders on clusters' storage that no dataset stands on any more; they are left to whom the storage belongs. */
  readonly cluster_folders: readonly string[];
}

/**
 * Removes versions and datasets that the policy doesn't keep, from the home and from its bucket. The ledger is told before: a process that
 * is killed in between leaves files that the next one removes. Records of runs, decisions and logs stay.
 *
 * @throws SegueError SEGUE_HOME_LOCKED while a run is under way
 */
export async function prune(home: Home, policy: RetentionPolicy, act: Act): Promise<Pruned> {
  return withLock(home.lock, async () => {
    const fresh = versionsToPrune(await ledgerOf(home), policy);
    await recordPruned(home, fresh, act);
    const entries = await ledgerOf(home);
    const going = await planned(home, entries, policy);
    for (const version of new Set([...going.versions, ...fresh.filter((name) => isPruned(entries, name))])) {
      await forgetVersion(home, version);
      await forgetDataset(home, version);
      await rm(home.index(version), { force: true });
      await rm(home.model(version).folder, { recursive: true, force: true }); // last: while it is here, there may be more to remove
    }
    for (const name of going.datasets) await rm(home.dataset(name).folder, { recursive: true, force: true });
    await forgetDatasets(home, entries);
    return going;
  });
}

/** What `prune` would remove now. */
export async function pruneable(home: Home, policy: RetentionPolicy): Promise<Pruned> {
  const entries = await ledgerOf(home);
  const { versions, datasets, bytes, cluster_folders } = await planned(home, entries, policy);
  const more = versionsToPrune(entries, policy);
  const sizes = await Promise.all(more.map((version) => bytesIn(home.model(version).folder)));
  return {
    versions: [...versions, ...more],
    datasets,
    bytes: sizes.reduce((sum, size) => sum + size, bytes),
    cluster_folders,
  };
}

/** Versions that the ledger says are gone and whose files are here; datasets that are to go. */
async function planned(
  home: Home,
  entries: readonly LedgerEntry[],
  policy: RetentionPolicy,
): Promise<Pruned> {
  const here = new Set(await namesIn(home.models));
  const versions = prunedIn(entries).filter((version) => here.has(version));
  const present = await namesIn(home.datasets);
  const datasets = datasetsToPrune(entries, await listRecords(home), present, policy);
  const folders = [
    ...versions.map((version) => home.model(version).folder),
    ...datasets.map((name) => home.dataset(name).folder),
  ];
  const sizes = await Promise.all(folders.map(bytesIn));
  return {
    versions,
    datasets,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    cluster_folders: await foldersLeft(home, present, datasets),
  };
}

/** Those of datasets that go which none that stays has too: datasets of the same rows share one. */
async function foldersLeft(
  home: Home,
  present: readonly string[],
  going: readonly string[],
): Promise<readonly string[]> {
  const foldersOf = async (names: readonly string[]): Promise<Set<string>> => {
    const notes = await Promise.all(names.map((name) => readClusterDataset(home.dataset(name))));
    return new Set(notes.flatMap((note) => (note === undefined ? [] : [note.work])));
  };
  const kept = await foldersOf(present.filter((name) => !going.includes(name)));
  return [...(await foldersOf(going))].filter((folder) => !kept.has(folder)).toSorted();
}

/** In the bucket, tracks stay only of what may have to serve soon. */
async function forgetDatasets(home: Home, entries: readonly LedgerEntry[]): Promise<void> {
  const needed = versionsWithTracks(entries);
  const promoted = new Set(entries.filter(({ event }) => event === 'promoted').map(({ version }) => version));
  for (const version of promoted)
    if (!needed.has(version) && !isPruned(entries, version)) await forgetDataset(home, version);
}

function prunedIn(entries: readonly LedgerEntry[]): readonly string[] {
  return [...new Set(entries.map(({ version }) => version))].filter((version) => isPruned(entries, version));
}

async function bytesIn(folder: string): Promise<number> {
  const names = await namesIn(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
