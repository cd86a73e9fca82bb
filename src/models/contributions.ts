import type { CompiledModel, Neighbour } from './predict.js';

/** (2ε)⁻¹ + 1 and 1 - ε, with ε = 2⁻⁵³, the relative rounding error of a double. */
const SPREAD = 2 ** 52 + 1;
const SHRINK = 1 - 2 ** -53;

/**
 * The greatest power of two that is not above x (Rump, Ogita and Oishi, "Accurate floating-point summation, part I", 2008, algorithm 3.6:
 * «unit in the first place»).
 *
 * @param x above 10⁻²⁹⁰, below 10²⁹⁰
 */
export function leadingBit(x: number): number {
  const spread = SPREAD * x;
  return Math.abs(spread - SHRINK * spread);
}

/**
 * What each feature adds to the lead of the nearest segment over the next one: ((z - far)² - (z - near)²) ÷ (sum of both distances), which
 * is their difference when it is added up over the features. Positive speaks for the nearest segment.
 *
 * Added up from left to right, from 0, the doubles are exactly `far.distance - near.distance`. Let D be that difference, a the smaller
 * distance, u the leading bit of max(a, D) and q = u/2⁵², its last place. Then D is a whole multiple of q: it is 2q's own grid or coarser
 * where D ≥ a, and else, by Sterbenz' lemma, exact and a multiple of the last place of a. Contributions are rounded to multiples of 2q.
 * All positive ones together are at most 4/3 max(a, D), all negative ones at most a/2, so partial sums stay below 4u, where multiples of
 * 2q are doubles: they are exact. The last contribution takes what is left to D. Below 2u that is a multiple of q which is a double, and the
 * last sum is exact. Otherwise the last contribution keeps its own value, 2u or more; the sum before it then lies between -a/2 and 0,
 * and the last but one, at most max(a, D) in size, takes what is left to that: multiples of q below 2u again.
 *
 * @param z the track, standardised
 * @returns one number per feature; each is off by a few last places of the distance at most
 */
export function contributionsOf(
  { centroids }: Pick<CompiledModel, 'centroids'>,
  z: Float64Array,
  near: Neighbour,
  far: Neighbour,
): number[] {
  const d = z.length;
  const difference = far.distance - near.distance;
  const total = far.distance + near.distance;
  const step = total === 0 ? 1 : leadingBit(Math.max(near.distance, difference)) * 2 ** -51;
  const contributions: number[] = [];
  let sum = 0;
  let beforeLast = 0;
  for (let j = 0; j < d; j += 1) {
    const toFar = z[j]! - centroids[far.cluster_id * d + j]!;
    const toNear = z[j]! - centroids[near.cluster_id * d + j]!;
    const share = total === 0 ? 0 : (toFar * toFar - toNear * toNear) / total;
    const rounded = Math.round(share / step) * step + 0; // + 0 makes 0 of -0
    contributions.push(rounded);
    if (j === d - 2) beforeLast = sum;
    if (j < d - 1) sum += rounded;
  }
  const left = difference - sum;
  if (Math.abs(left) < 2 ** 52 * step) contributions[d - 1] = left;
  else contributions[d - 2] = difference - contributions[d - 1]! - beforeLast;
  return contributions;
}
