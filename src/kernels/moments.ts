/** Figures that the kernel `moments` writes per feature. */
export const MOMENTS = 6;

/** Moments of one column, from differences to an origin. */
export interface RunningMoments {
  n: number;
  /** Mean of the differences. */
  mean: number;
  /** Sums of the second, third and fourth powers of the differences to that mean. */
  second: number;
  third: number;
  fourth: number;
  min: number;
  max: number;
}

export function noMoments(): RunningMoments {
  return { n: 0, mean: 0, second: 0, third: 0, fourth: 0, min: Infinity, max: -Infinity };
}

/**
 * Adds the moments of further rows (Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments", 2008, eq. 3.1).
 *
 * @param more what the kernel `moments` writes for one feature
 */
export function addMoments(to: RunningMoments, n: number, more: ArrayLike<number>): void {
  const [mean = 0, second = 0, third = 0, fourth = 0, min = 0, max = 0] = Array.from(more);
  const a = to.n;
  const all = a + n;
  const gap = mean - to.mean;
  const step = gap / all;
  const product = a * n * gap * step;
  to.fourth +=
    fourth +
    product * step * step * (a * a - a * n + n * n) +
    6 * step * step * (a * a * second + n * n * to.second) +
    4 * step * (a * third - n * to.third);
  to.third += third + product * step * (a - n) + 3 * step * (a * second - n * to.second);
  to.second += second + product;
  to.mean += n * step;
  to.n = all;
  to.min = Math.min(to.min, min);
  to.max = Math.max(to.max, max);
}
