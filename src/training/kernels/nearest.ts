import { squaredDistance, UNROLLED } from './packed.js';

/** Nearest and second nearest centroid of packed rows. */
export interface Nearest {
  /** In: a guess per row. Out: the nearest centroid; of equally near ones the lowest. */
  readonly label: Int32Array;
  /** Squared distance to it. */
  readonly best: Float64Array;
  /** Squared distance to the nearest other one; Infinity when there is none. */
  readonly second: Float64Array;
}

/**
 * Finds the two nearest of k packed centroids for `count` packed rows. A good guess (the last label) saves work, because most
 * comparisons then go the same way; the answer does not depend on it.
 */
export function findNearest(
  packed: Float64Array,
  count: number,
  width: number,
  centroids: Float64Array,
  k: number,
  { label, best, second }: Nearest,
): void {
  if (width === UNROLLED) {
    findNearestUnrolled(packed, count, centroids, k, { label, best, second });
    return;
  }
  for (let i = 0, p = 0; i < count; i++, p += width) {
    const guess = label[i]!;
    let nearest = guess;
    let first = squaredDistance(packed, p, centroids, guess * width, width);
    let next = Infinity;
    for (let c = 0, q = 0; c < k; c++, q += width) {
      if (c === guess) continue;
      const distance = squaredDistance(packed, p, centroids, q, width);
      if (distance < first || (distance === first && c < nearest)) {
        next = first;
        first = distance;
        nearest = c;
      } else if (distance < next) next = distance;
    }
    label[i] = nearest;
    best[i] = first;
    second[i] = next;
  }
}

function findNearestUnrolled(
  packed: Float64Array,
  count: number,
  centroids: Float64Array,
  k: number,
  { label, best, second }: Nearest,
): void {
  for (let i = 0, p = 0; i < count; i++, p += UNROLLED) {
    const x0 = packed[p]!;
    const x1 = packed[p + 1]!;
    const x2 = packed[p + 2]!;
    const x3 = packed[p + 3]!;
    const x4 = packed[p + 4]!;
    const guess = label[i]!;
    let nearest = guess;
    let first = squaredDistance(packed, p, centroids, guess * UNROLLED, UNROLLED);
    let next = Infinity;
    for (let c = 0, q = 0; c < k; c++, q += UNROLLED) {
      if (c === guess) continue;
      const g0 = x0 - centroids[q]!;
      const g1 = x1 - centroids[q + 1]!;
      const g2 = x2 - centroids[q + 2]!;
      const g3 = x3 - centroids[q + 3]!;
      const g4 = x4 - centroids[q + 4]!;
      const distance = g0 * g0 + g1 * g1 + g2 * g2 + g3 * g3 + g4 * g4;
      if (distance < next) {
        // seldom taken: most centroids are neither nearest nor second
        if (distance < first || (distance === first && c < nearest)) {
          next = first;
          first = distance;
          nearest = c;
        } else next = distance;
      }
    }
    label[i] = nearest;
    best[i] = first;
    second[i] = next;
  }
}
