import { packedWidth, packRange, squaredDistance, TILE } from './packed.js';

/**
 * Silhouettes that need only a centre per segment. A row's distance to segment c is `|x - centre_c|² + spread[c]`, or its square root;
 * for its own segment it is multiplied by `own[c]`.
 *
 * - squared Euclidean: centre = mean, spread = mean squared distance to it, own = n / (n - 1). That is the mean squared distance to
 *   the segment's (other) rows, without a look at them.
 * - simplified: centre = centroid, spread = 0, own = 1, with the root.
 */
export interface CentreSilhouetteArgs {
  readonly columns: readonly Float64Array[];
  readonly labels: Int32Array;
  readonly k: number;
  /** k packed rows (packed.ts). */
  readonly centres: Float64Array;
  /** Per segment; Infinity leaves it out. */
  readonly spread: Float64Array;
  /** Per segment; 0 where its rows score 0 because there is only one. */
  readonly own: Float64Array;
  readonly root: boolean;
  /** Out, blocks × k: sum of the scores, per segment. */
  readonly scores: Float64Array;
}

/** Adds up the scores of rows [from, to). */
export function centreSilhouetteBlock(
  args: CentreSilhouetteArgs,
  from: number,
  to: number,
  block: number,
): void {
  const { columns, labels, k, centres, spread, own, root, scores } = args;
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const sums = scores.subarray(block * k, (block + 1) * k).fill(0);
  for (let start = from; start < to; start += TILE) {
    const count = Math.min(TILE, to - start);
    packRange(columns, start, count, width, packed);
    for (let i = 0, p = 0; i < count; i++, p += width) {
      const label = labels[start + i]!;
      if (own[label] === 0) continue;
      let within = 0;
      let between = Infinity;
      for (let c = 0, q = 0; c < k; c++, q += width) {
        const distance = squaredDistance(packed, p, centres, q, width) + spread[c]!;
        if (c === label) within = distance * own[c]!;
        else if (distance < between) between = distance;
      }
      sums[label]! += root ? silhouette(Math.sqrt(within), Math.sqrt(between)) : silhouette(within, between);
    }
  }
}

/** Rousseeuw's (b - a) / max(a, b); 0 where both are 0. */
export function silhouette(within: number, between: number): number {
  const larger = Math.max(within, between);
  return larger > 0 ? (between - within) / larger : 0;
}
