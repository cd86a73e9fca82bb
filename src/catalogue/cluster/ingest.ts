import type { Progress } from '../../core/progress.js';
import type { Cluster } from '../../engine/cluster.js';
import type { IngestOptions, IngestReport } from '../ingest.js';

export interface ClusterIngestOptions extends IngestOptions {
  readonly cluster: Cluster;
  readonly work: string;
  readonly localRows: number;
}

export async function ingestOnCluster(
  _options: ClusterIngestOptions,
  _progress: Progress,
): Promise<IngestReport> {
  throw new Error('not yet');
}
