import type { Home } from '../core/home.js';
import type { Page, PageAsk } from '../core/page.js';
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
  versions(ask: PageAsk<VersionPosition>): Promise<Page<VersionSummary<VersionContent>, VersionPosition>>;
  /** @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT */
  version(name: string): Promise<VersionDetails>;
  /** The newest first. */
  readonly runs: RunPages;
  /** @throws SegueError SEGUE_RUN_NOT_FOUND */
  run(id: string): Promise<RunRecord>;
}

export function homeArchive(home: Home): Archive {
  const contentOf = versionContents(home);
  return {
    versions: (ask) => pageOfVersions(home, ask, contentOf),
    version: (name) => showVersion(home, name),
    runs: runPages(home),
    run: (id) => loadRecord(home, id),
  };
}
