import { inBatches } from '../core/batches.js';
import { readIfPresent } from '../core/files.js';
import type { Home } from '../core/home.js';
import type { Page, PageAsk } from '../core/page.js';
import { checkVersionName, isHere } from '../models/files.js';
import { ledgerOf } from '../models/ledger-of.js';
import { pinsIn, withPinnedNames } from '../models/pins.js';
import {
  pageOfVersions,
  showVersion,
  type VersionDetails,
  type VersionPosition,
  type VersionSummary,
} from '../models/versions.js';
import { type RunPages, runPages } from '../pipeline/run-pages.js';
import { loadRecord, type RunRecord } from '../pipeline/run-record.js';
import {
  type JudgedVersion,
  judged,
  judgedVersion,
  type Reign,
  type RunDecision,
  reigns,
} from './history.js';
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
  /**
   * What T3 wrote of a run; undefined where it wrote nothing.
   *
   * @throws SegueError SEGUE_RUN_NOT_FOUND
   */
  decision(run: string): Promise<RunDecision | undefined>;
  /** Every retrain and what was in production when. */
  history(): Promise<{ readonly versions: readonly JudgedVersion[]; readonly production: readonly Reign[] }>;
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
    decision: async (run) => decisionOf(home, (await loadRecord(home, run)).run),
    async history() {
      const entries = await ledgerOf(copied);
      const pins = pinsIn(entries);
      const versions = await inBatches(judged(entries), async (entry) => {
        const content = await known(contentOf, entry.version);
        const decision = entry.run === null ? undefined : await decisionOf(home, entry.run);
        const parent = await known(contentOf, content?.parent ?? null);
        return judgedVersion(entry, decision, content && withPinnedNames(content, pins), parent);
      });
      return { versions, production: reigns(entries) };
    },
    runs: runPages(home),
    run: (id) => loadRecord(home, id),
  };
}

async function decisionOf(home: Home, run: string): Promise<RunDecision | undefined> {
  const text = await readIfPresent(home.run(run).decision);
  return text === undefined ? undefined : (JSON.parse(text) as RunDecision);
}

/** Undefined where its files are gone or damaged. */
async function known(
  contentOf: (version: string) => Promise<VersionContent>,
  version: string | null,
): Promise<VersionContent | undefined> {
  return version === null ? undefined : contentOf(version).catch(() => undefined);
}
