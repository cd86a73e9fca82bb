import { layOut, openArena, PART_STRIDE, partSizes, partTile } from '../arena.js';
import { type RowSource, readRows } from '../row-source.js';
import { eachStretch } from '../stretches.js';
import type { Team } from '../team.js';
import { addStretches } from './segment-moments.js';

/**
 * Silhouettes that need only a centre per segment. A row's distance to segment c is `|x - centre_c|² + spread[c]`, or its square root;
 * for its own segment the square is multiplied by `own[c]`.
 *
 * - squared Euclidean: centre = mean, spread = mean squared distance to it, own = n / (n - 1). That is the mean squared distance to
 *   the segment's (other) rows, without a look at them.
 * - simplified: centre = centroid, spread = 0, own = 1, with the root.
 */
export interface CentreScoresJob {
  readonly source: RowSource;
  readonly k: number;
  /** k × d. */
  readonly centres: Float64Array;
  /** Per segment; Infinity leaves it out. */
  readonly spread: Float64Array;
  /** Per segment; 0 where its rows score 0 because there is only one. */
  readonly own: Float64Array;
  readonly root: boolean;
  /** Rows per stretch (stretches.ts). */
  readonly stretch: number;
  /** Shared scratch: stretches × k. */
  readonly scores: Float64Array<SharedArrayBuffer>;
}

/** Sum of the scores of each segment's rows. */
export function centreScores(job: CentreScoresJob, team: Team): Float64Array {
  const { source, k, centres, spread, own, root, stretch, scores } = job;
  const d = source.features;
  const { at, end } = layOut({
    ...partSizes(d),
    centres: 8 * k * d,
    spread: 8 * k,
    own: 8 * k,
    sums: 8 * k,
  });
  const { memory, kernels } = openArena(end);
  const tile = partTile(memory, at, d);
  const floats = new Float64Array(memory.buffer);
  floats.set(centres, at.centres / 8);
  floats.set(spread, at.spread / 8);
  floats.set(own, at.own / 8);
  eachStretch(source.rows, stretch, team, (number, parts) => {
    floats.fill(0, at.sums / 8, at.sums / 8 + k);
    for (const { first, count } of parts) {
      readRows(source, first, count, tile);
      kernels.centreScores(
        d,
        k,
        count,
        at.columns,
        PART_STRIDE,
        at.labels,
        at.centres,
        at.spread,
        at.own,
        root ? 1 : 0,
        at.sums,
      );
    }
    scores.set(floats.subarray(at.sums / 8, at.sums / 8 + k), number * k);
  });
  team.barrier();
  return addStretches(scores, k);
}
