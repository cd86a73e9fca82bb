import type { Home } from '../core/home.js';
import type { Page, PageAsk } from '../core/page.js';
import { checkVersionName, isHere } from '../models/files.js';
import {
  pageOfVersions,
  showVersion,
  type VersionDetails,
  type VersionPosition,
  type VersionSummary,
} from '../models/versions.js';
import { type RunPages, runPages } from '../pipeline/run-pages.js';
import { loadRecord, type RunRecord } from '../pipeline/run-record.js';
import { type VersionContent, versionContents } from './version-contents.js';

/** What the home folder tells of the past, beyond the model in memory. */
export interface Archive {
  /**
   * The newest first.
   *
   * @throws SegueError SEGUE_MODEL_NOT_FOUND where the position names no version
   */
  versions(
    ask: PageAsk<VersionPosition>,
    asOf?: Date,
  ): Promise<Page<VersionSummary<VersionContent>, VersionPosition>>;
  /** @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT */
  version(name: string, asOf?: Date): Promise<VersionDetails>;
  /** The newest first. */
  readonly runs: RunPages;
  /** @throws SegueError SEGUE_RUN_NOT_FOUND */
  run(id: string): Promise<RunRecord>;
}

export function homeArchive(home: Home): Archive {
  const contentOf = versionContents(home);
  const copied: Home = { ...home, registry: undefined }; // the ledger's copy is never older than the model that serves
  return {
    versions: (ask, asOf) => pageOfVersions(copied, ask, contentOf, asOf),
    version: async (name, asOf) => {
      await isHere(home, checkVersionName(name));
      return showVersion(copied, name, asOf);
    },
    runs: runPages(home),
    run: (id) => loadRecord(home, id),
  };
}
