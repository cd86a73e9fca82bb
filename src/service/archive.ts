import type { Home } from '../core/home.js';
import { listVersions, showVersion, type VersionDetails, type VersionSummary } from '../models/versions.js';
import { listRecords, type RunRecord } from '../pipeline/run-record.js';

/** What the home folder tells of the past, beyond the model in memory. */
export interface Archive {
  /** The newest first. */
  versions(): Promise<readonly VersionSummary[]>;
  /** @throws SegueError SEGUE_MODEL_NOT_FOUND, SEGUE_MODEL_CORRUPT */
  version(name: string): Promise<VersionDetails>;
  /** The newest first. */
  runs(): Promise<readonly RunRecord[]>;
}

export function homeArchive(home: Home): Archive {
  return {
    versions: () => listVersions(home),
    version: (name) => showVersion(home, name),
    runs: () => listRecords(home),
  };
}
