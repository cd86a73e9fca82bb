import { squaredDistance, UNROLLED } from './packed.js';

/** Squared distances from each of `count` packed rows to the point at `at` of `points`, written into `out`. */
export function squaredDistancesTo(
  packed: Float64Array,
  count: number,
  width: number,
  points: Float64Array,
  at: number,
  out: Float64Array,
): void {
  if (width !== UNROLLED) {
    for (let i = 0, p = 0; i < count; i++, p += width) {
      out[i] = squaredDistance(packed, p, points, at, width);
    }
    return;
  }
  const y0 = points[at]!;
  const y1 = points[at + 1]!;
  const y2 = points[at + 2]!;
  const y3 = points[at + 3]!;
  const y4 = points[at + 4]!;
  for (let i = 0, p = 0; i < count; i++, p += UNROLLED) {
    const g0 = packed[p]! - y0;
    const g1 = packed[p + 1]! - y1;
    const g2 = packed[p + 2]! - y2;
    const g3 = packed[p + 3]! - y3;
    const g4 = packed[p + 4]! - y4;
    out[i] = g0 * g0 + g1 * g1 + g2 * g2 + g3 * g3 + g4 * g4;
  }
}

/** Sum of the Euclidean distances from packed rows [from, to) to the point at `at` of `points`. */
export function sumOfDistances(
  packed: Float64Array,
  from: number,
  to: number,
  width: number,
  points: Float64Array,
  at: number,
): number {
  let sum = 0;
  if (width !== UNROLLED) {
    for (let i = from, p = from * width; i < to; i++, p += width) {
      sum += Math.sqrt(squaredDistance(packed, p, points, at, width));
    }
    return sum;
  }
  const y0 = points[at]!;
  const y1 = points[at + 1]!;
  const y2 = points[at + 2]!;
  const y3 = points[at + 3]!;
  const y4 = points[at + 4]!;
  for (let i = from, p = from * UNROLLED; i < to; i++, p += UNROLLED) {
    const g0 = packed[p]! - y0;
    const g1 = packed[p + 1]! - y1;
    const g2 = packed[p + 2]! - y2;
    const g3 = packed[p + 3]! - y3;
    const g4 = packed[p + 4]! - y4;
    sum += Math.sqrt(g0 * g0 + g1 * g1 + g2 * g2 + g3 * g3 + g4 * g4);
  }
  return sum;
}
