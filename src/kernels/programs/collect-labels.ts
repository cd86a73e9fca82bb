import type { Blocks } from '../blocks.js';
import type { Labels } from '../labels.js';
import { TILE } from '../sizes.js';
import { shareOf, type Team } from '../team.js';

/** Collects the labels of a fit in the order in which the rows were given. */
export interface CollectLabelsJob {
  readonly blocks: Blocks;
  readonly places: Int32Array<SharedArrayBuffer>;
  /** Out, per row. */
  readonly labels: Labels;
}

export function collectLabels({ blocks, places, labels }: CollectLabelsJob, team: Team): null {
  const { first, end } = shareOf(team, places.length, TILE);
  for (const shard of blocks.shards) {
    const own = new Uint16Array(shard.memory.buffer, shard.labels, shard.rows);
    for (let row = first; row < end; row++) {
      const place = places[row]! - shard.first;
      if (place >= 0 && place < shard.rows) labels[row] = own[place]!;
    }
  }
  team.barrier();
  return null;
}
