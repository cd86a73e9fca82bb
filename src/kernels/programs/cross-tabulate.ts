import { type Blocks, eachPart, openBlocks, type Scale } from '../blocks.js';
import type { Team } from '../team.js';

/** Counts rows by their segment here and their nearest centroid in another model. */
export interface CrossTabulateJob {
  /** Labelled by a fit. */
  readonly blocks: Blocks;
  /** The other model: its own scale, and its centroids in that. */
  readonly scale: Scale;
  readonly centroids: readonly (readonly number[])[];
  /** Out, zeros before: one row of counts per other centroid, one column per segment. */
  readonly counts: Int32Array<SharedArrayBuffer>;
}

/** One pass over the rows; nothing is kept of them. Ties go to the lowest centroid, as in a prediction. */
export function crossTabulate({ blocks, scale, centroids, counts }: CrossTabulateJob, team: Team): null {
  const { features: d } = blocks;
  const shards = openBlocks(blocks, team.rank);
  const mean = Float64Array.from(scale.mean);
  const sd = Float64Array.from(scale.sd);
  const flat = Float64Array.from(centroids.flat());
  const segments = counts.length / centroids.length;
  const own = new Int32Array(counts.length);
  const z = new Float64Array(d);
  eachPart(shards, team.claim, ({ memory, floats, values, labels }, row, rows) => {
    const labelOf = new Uint16Array(memory.buffer, labels + 2 * row, rows);
    for (let i = 0, at = values / 8 + row * d; i < rows; i++, at += d) {
      for (let j = 0; j < d; j++) z[j] = (floats[at + j]! - mean[j]!) / sd[j]!;
      own[nearestTo(z, flat) * segments + labelOf[i]!]!++;
    }
  });
  own.forEach((count, i) => {
    Atomics.add(counts, i, count);
  });
  team.barrier();
  return null;
}

function nearestTo(z: Float64Array, centroids: Float64Array): number {
  const d = z.length;
  let nearest = 0;
  let least = Infinity;
  for (let from = 0; from < centroids.length; from += d) {
    let square = 0;
    for (let j = 0; j < d; j++) {
      const gap = z[j]! - centroids[from + j]!;
      square += gap * gap;
    }
    if (square < least) {
      least = square;
      nearest = from / d;
    }
  }
  return nearest;
}
