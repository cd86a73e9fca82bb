import { type Blocks, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';
import { tileOf } from '../tile.js';
import type { FitMemory } from './fit.js';
import { labelRows, withinSegments } from './lloyd.js';

/** Labels the rows of blocks by given centroids. */
export interface SettleJob {
  readonly blocks: Blocks;
  /** k points in standardised units. */
  readonly centroids: readonly (readonly number[])[];
  readonly shared: FitMemory;
}

export interface Settled {
  /** Rows per segment. */
  readonly sizes: readonly number[];
  /** Sum of the squared distances of each segment's rows to its centroid. */
  readonly within: readonly number[];
}

/** Writes to the blocks the label of every row's nearest centroid; ties go to the lowest. */
export function settle({ blocks, centroids, shared }: SettleJob, team: Team): Settled {
  const shards = openBlocks(blocks, team.rank);
  const tiles = shards.map((shard) => tileOf(shard, blocks));
  const place = { blocks, shards, tiles, team, changed: shared.changed };
  const sizes = labelRows(place, centroids);
  return { sizes, within: withinSegments(place, centroids) };
}
