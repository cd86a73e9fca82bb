import { readIfPresent } from '../../core/files.js';
import type { DatasetFiles } from '../../core/home.js';

/** `cluster.json` of a dataset: what the cluster keeps of it. */
export interface ClusterNote {
  readonly format: 'segue-cluster/1';
  /** Name and version: `Spark 4.1.4`. */
  readonly engine: string;
  /** Folder on the cluster's storage that holds `X_train`, `X_test`, `y_train`, `y_test` and `rejects`. */
  readonly work: string;
  /** Kept rows there. */
  readonly rows: Sides;
  /** Kept rows in the files of this machine. */
  readonly here: Sides;
  /** Whether all of them are here. */
  readonly whole: boolean;
}

interface Sides {
  readonly train: number;
  readonly test: number;
}

/** Undefined where no cluster had a part in the dataset. */
export async function readClusterNote({ cluster }: DatasetFiles): Promise<ClusterNote | undefined> {
  const text = await readIfPresent(cluster);
  return text === undefined ? undefined : (JSON.parse(text) as ClusterNote);
}
