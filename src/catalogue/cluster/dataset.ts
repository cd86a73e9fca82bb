import { readIfPresent } from '../../core/files.js';
import type { DatasetFiles } from '../../core/home.js';
import type { ClusterDataset } from './ingest.js';

/** What of a dataset lies on a cluster; undefined where none had a part in it. */
export async function readClusterDataset({ cluster }: DatasetFiles): Promise<ClusterDataset | undefined> {
  const text = await readIfPresent(cluster);
  return text === undefined ? undefined : (JSON.parse(text) as ClusterDataset);
}
