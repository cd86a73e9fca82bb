import type { ClusterDataset } from '../../catalogue/cluster/ingest.js';
import type { Cluster } from '../../engine/cluster.js';

/** Relations on a cluster: the features of either side. */
export interface RowsOnCluster {
  readonly train: string;
  readonly test: string;
}

/** The rows that a cluster keeps of a dataset; undefined where somebody removed them. */
export async function rowsOnCluster(
  cluster: Cluster,
  { work, rows }: ClusterDataset,
): Promise<RowsOnCluster | undefined> {
  const folders = { train: `${work}/X_train`, test: `${work}/X_test` };
  for (const side of ['train', 'test'] as const) {
    const files = await cluster.files(folders[side], false);
    if (rows[side] > 0 && (files === undefined || files.length === 0)) return undefined;
  }
  return {
    train: await cluster.parquet([folders.train]),
    test: await cluster.parquet([folders.test]),
  };
}
