import type { Cluster } from '../../engine/cluster.js';

export async function clusterFingerprint(_cluster: Cluster, _source: string): Promise<string> {
  throw new Error('not yet');
}
