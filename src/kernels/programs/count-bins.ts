import { type Blocks, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';

/** Counts the rows between the edges of every feature. */
export interface CountBinsJob {
  readonly blocks: Blocks;
  /** Ascending, as many for every feature. */
  readonly edges: readonly (readonly number[])[];
  /** Out: feature after feature, one more count than edges; bin b holds edge[b-1] < x <= edge[b]. */
  readonly counts: Int32Array<SharedArrayBuffer>;
}

export function countBins({ blocks, edges, counts }: CountBinsJob, team: Team): null {
  const { features } = blocks;
  const shards = openBlocks(blocks, team.rank);
  for (let feature = team.claim(); feature < features; feature = team.claim()) {
    const own = Float64Array.from(edges[feature]!);
    const bins = own.length + 1;
    const found = counts.subarray(feature * bins, (feature + 1) * bins);
    for (const { floats, values, rows } of shards) {
      for (let row = 0, at = values / 8 + feature; row < rows; row++, at += features) {
        const x = floats[at]!;
        let bin = 0;
        for (let i = 0; i < own.length; i++) bin += x > own[i]! ? 1 : 0;
        found[bin]!++;
      }
    }
  }
  team.barrier();
  return null;
}
