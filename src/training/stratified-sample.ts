import type { Random } from '../core/random.js';
import { sum } from './sum.js';

/** Points that every stratum gets at least, where it has them: enough for a mean with a usable error. */
const LEAST_POINTS = 100;

/**
 * Shares `points` out among strata: in proportion to their sizes, but no fewer than 100 to any (or all that it has, or an even share
 * where points are short). Adds up to `points` exactly when the strata hold as many.
 */
export function allotSample(sizes: readonly number[], points: number): number[] {
  const filled = sizes.filter((size) => size > 0).length;
  const least = Math.min(LEAST_POINTS, Math.floor(points / filled));
  const floor = sizes.map((size) => Math.min(size, least));
  const above = sizes.map((size, i) => size - floor[i]!);
  return shareOut(above, points - sum(floor)).map((count, i) => count + floor[i]!);
}

/** `count` in proportion to the weights, in whole numbers: the largest remainders are rounded up, ties to the lower index. */
function shareOut(weights: readonly number[], count: number): number[] {
  const total = sum(weights);
  if (total <= count) return [...weights];
  const exact = weights.map((weight) => (count * weight) / total);
  const shares = exact.map(Math.floor);
  const byRemainder = [...exact.keys()].toSorted(
    (a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b,
  );
  for (const i of byRemainder.slice(0, count - sum(shares))) shares[i]!++;
  return shares;
}

/**
 * Draws `count` of the numbers 0 to `size - 1` without repetition, ascending, each set equally likely (Knuth, "The art of computer
 * programming", volume 2, 3.4.2, algorithm S).
 */
export function drawSorted(size: number, count: number, random: Random): number[] {
  const drawn: number[] = [];
  for (let i = 0; drawn.length < count; i++) {
    if (random.next() * (size - i) < count - drawn.length) drawn.push(i);
  }
  return drawn;
}
