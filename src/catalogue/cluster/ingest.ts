import { writeJson } from '../../core/files.js';
import type { Progress } from '../../core/progress.js';
import { allDone } from '../../engine/all-done.js';
import type { Cluster } from '../../engine/cluster.js';
import { contentHash } from '../content-hash.js';
import type { IngestOptions, IngestReport } from '../ingest.js';
import { describeKept, ingestReport, rejectedInAll } from '../report.js';
import { rulesFor } from '../rules.js';
import { splitThreshold } from '../split.js';
import { REASON } from '../stage.js';
import { countsDisagree, noRowsKept } from '../stage-catalogue.js';
import { bringDataset } from './bring-dataset.js';
import { countJudged } from './count.js';
import { judgeCatalogue } from './judge-catalogue.js';
import { stageOnCluster } from './stage-catalogue.js';
import { clearStage, writeOnCluster } from './write.js';

export interface ClusterIngestOptions extends IngestOptions {
  readonly cluster: Cluster;
  /** Folder on the cluster's storage, for the dataset of this run. */
  readonly work: string;
  /** Tracks up to which all are brought here; of more, a sample of about so many. */
  readonly localRows: number;
}

/** `cluster.json`: what of a dataset lies on a cluster. */
export interface ClusterDataset {
  readonly format: 'segue-cluster/1';
  readonly engine: string;
  /** Folder of `X_train`, `X_test`, `y_train`, `y_test` and `rejects`, each a folder of Parquet files. */
  readonly work: string;
  /** Tracks on the cluster, and in the files here. */
  readonly rows: { readonly train: number; readonly test: number };
  readonly here: { readonly train: number; readonly test: number };
  /** Whether the files here hold all tracks. */
  readonly whole: boolean;
}

/**
 * T1 on a cluster: reads a catalogue there, rejects what breaks a rule, splits the rest, writes all of it to the cluster's storage, and brings
 * the files of the dataset here: the same that `ingest` writes, or a sample of the tracks where they are too many.
 *
 * @returns the content of `report.json`, the same but for what a cluster can't know of files (SourceReport)
 * @throws SegueError as `ingest`; SEGUE_SPARK_*
 */
export async function ingestOnCluster(
  options: ClusterIngestOptions,
  progress: Progress,
): Promise<IngestReport> {
  const { cluster, work, source, contract, split, out, scratch, localRows } = options;
  const rules = rulesFor(contract, options.rules);
  splitThreshold(split.testShare);
  const staging = { cluster, work, scratch, contract, rules, split, progress };
  const catalogue = await stageOnCluster(staging, source);
  progress.step('looking for repeated tracks');
  const judged = await judgeCatalogue(staging, catalogue, options.rules.rowLimit);
  const { train, test, ...rows } = await countJudged(cluster, judged, rules);
  const counts = { ...rows, read: catalogue.rowsRead };
  if (counts.read !== counts.kept + rejectedInAll(counts)) throw countsDisagree(counts, counts.kept);
  if (counts.kept === 0) throw noRowsKept(counts);

  progress.step('writing training, test and rejected rows');
  const kept = `(SELECT * FROM ${judged} WHERE ${REASON} = 0)`;
  const names = catalogue.sources.map(({ name }) => name);
  const [, described, hash] = await allDone([
    writeOnCluster(staging, judged, names),
    describeKept(cluster, kept, contract, catalogue.files),
    contentHash(cluster, kept, contract),
  ]);
  const whole = counts.kept <= localRows;
  progress.step(whole ? 'bringing the tracks here' : 'bringing a sample of the tracks here');
  const here = await bringDataset(staging, { ...options, share: whole ? 1 : localRows / counts.kept });
  const agree = whole
    ? here.train === train && here.test === test && here.rejected === rejectedInAll(counts)
    : here.train <= train && here.test <= test;
  if (!agree) throw countsDisagree(counts, here.train + here.test);
  await clearStage(staging);

  const dataset: ClusterDataset = {
    format: 'segue-cluster/1',
    engine: cluster.name,
    work,
    rows: { train, test },
    here: { train: here.train, test: here.test },
    whole,
  };
  await writeJson(out.cluster, dataset);
  const report = ingestReport({
    sources: catalogue.sources,
    ignored_files: catalogue.ignored,
    rows: { ...counts, train, test },
    ...described,
    rules,
    split,
    cleaned_data_hash: hash,
  });
  await writeJson(out.report, report);
  return report;
}
