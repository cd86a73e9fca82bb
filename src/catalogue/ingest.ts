import { writeJson } from '../core/files.js';
import type { DatasetFiles } from '../core/home.js';
import type { Progress } from '../core/progress.js';
import { allDone } from '../engine/all-done.js';
import { openDatabase } from '../engine/duckdb/database.js';
import type { FeatureContract } from '../features/contract.js';
import { contentHash } from './content-hash.js';
import { describeKept, type IngestReport, ingestReport, rejectedInAll } from './report.js';
import { type RuleOptions, rulesFor } from './rules.js';
import { type SplitOptions, splitThreshold } from './split.js';
import { REASON, STAGED } from './stage.js';
import { countsDisagree, stageCatalogue } from './stage-catalogue.js';
import { rowsStored, writeDataset } from './write-dataset.js';
import { writeRejects } from './write-rejects.js';

export type { IngestReport } from './report.js';

export interface IngestOptions {
  /** A file, a folder or a glob of CSV, CSV.gz and Parquet. */
  readonly source: string;
  readonly contract: FeatureContract;
  readonly rules: RuleOptions;
  readonly split: SplitOptions;
  /** A folder that exists; the caller moves it into place. */
  readonly out: DatasetFiles;
  readonly scratch: string;
  /** Memory of the SQL engine; default 1GB. */
  readonly memoryLimit?: string;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_MEMORY_LIMIT = '1GB';

/**
 * T1: reads a catalogue, rejects what breaks a rule, splits the rest and writes the six files of a dataset. Works out of core: tables and
 * sorts beyond the memory limit go to the scratch folder, which is left as it was, also on failure.
 *
 * @returns the content of `report.json`: rows read = kept + rejected, counted again from the files written
 * @throws SegueError SEGUE_SOURCE_*, SEGUE_COLUMNS_MISSING, SEGUE_NO_ROWS_KEPT, SEGUE_COUNTS_DISAGREE
 */
export async function ingest(options: IngestOptions, progress: Progress): Promise<IngestReport> {
  const { source, contract, split, out, scratch, threads, signal } = options;
  const rules = rulesFor(contract, options.rules);
  splitThreshold(split.testShare);
  const memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const database = await openDatabase({ scratch, memoryLimit, threads, signal });
  try {
    const catalogue = await stageCatalogue(
      { database, contract, rules, split, progress },
      source,
      options.rules,
    );
    const { counts } = catalogue;
    progress.step('writing training, test and rejected rows');
    const kept = `(SELECT * FROM ${STAGED} WHERE ${REASON} = 0)`;
    const [, , described, hash] = await allDone([
      writeDataset(database, contract, out),
      database.beside((other) => writeRejects(other, catalogue.files, rules, out.rejects)),
      database.beside((other) => describeKept(other, kept, contract, catalogue.files)),
      database.beside((other) => contentHash(other, kept, contract)),
    ]);
    const written = {
      train: await rowsStored(database, out.xTrain),
      test: await rowsStored(database, out.xTest),
      yTrain: await rowsStored(database, out.yTrain),
      yTest: await rowsStored(database, out.yTest),
      rejected: await rowsStored(database, out.rejects),
    };
    const agree =
      written.train + written.test === counts.kept &&
      written.train === written.yTrain &&
      written.test === written.yTest &&
      written.rejected === rejectedInAll(counts);
    if (!agree) throw countsDisagree(counts, written.train + written.test);

    const report = ingestReport({
      sources: catalogue.sources,
      ignored_files: catalogue.ignored,
      rows: { ...counts, train: written.train, test: written.test },
      ...described,
      rules,
      split,
      cleaned_data_hash: hash,
    });
    await writeJson(out.report, report);
    return report;
  } finally {
    await database.close();
  }
}
