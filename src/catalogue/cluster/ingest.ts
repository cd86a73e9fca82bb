// for the time being: stands in for the real one, which replaces this file
import { writeJson } from '../../core/files.js';
import type { Progress } from '../../core/progress.js';
import type { Cluster } from '../../engine/cluster.js';
import { type IngestOptions, type IngestReport, ingest } from '../ingest.js';
import type { ClusterNote } from './note.js';

export interface ClusterIngestOptions extends IngestOptions {
  readonly cluster: Cluster;
  readonly work: string;
  readonly localRows: number;
}

export async function ingestOnCluster(
  options: ClusterIngestOptions,
  progress: Progress,
): Promise<IngestReport> {
  const { cluster, out, work, localRows } = options;
  const report = await ingest(options, progress);
  progress.step('writing on the cluster');
  for (const [name, path] of [
    ['X_train', out.xTrain],
    ['X_test', out.xTest],
  ] as const) {
    const from = await cluster.parquet([path]);
    await cluster.write(`SELECT * FROM ${from}`, `${work}/${name}`);
  }
  const { train, test, kept } = report.rows;
  const note: ClusterNote = {
    format: 'segue-cluster/1',
    engine: cluster.name,
    work,
    rows: { train, test },
    here: { train, test },
    whole: kept <= localRows,
  };
  await writeJson(out.cluster, note);
  return report;
}
