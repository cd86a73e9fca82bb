import type { Compared } from './finding.js';
import { LIMITS } from './limits.js';

type Comparison = Omit<Compared, 'subject' | 'measure'>;

/**
 * Compares a share with one that was measured on other rows, by Cohen's h = 2 asin √p1 - 2 asin √p0, whose variance is 1/n + 1/N whatever
 * the share (J. Cohen, "Statistical power analysis", chapter 6).
 *
 * @param count of `n` tracks
 * @param share of `rows` training rows
 */
export function commonShare(count: number, n: number, share: number, rows: number): Comparison {
  const error = Math.sqrt(1 / n + 1 / rows);
  const effect = n > 0 ? 2 * Math.asin(Math.sqrt(count / n)) - 2 * Math.asin(Math.sqrt(share)) : null;
  return {
    z: effect === null ? null : effect / error,
    effect,
    smallest_visible: Math.max(LIMITS.warn, LIMITS.z * error),
    critical: LIMITS.z,
  };
}

/**
 * Compares a share with one that is next to nothing; the effect is what it has more. Freeman and Tukey's root turns the count, which is Poisson's, into a normal
 * variable: √x + √(x + 1) - √(4λ + 1) ("Transformations related to the angular and the square root", 1950).
 *
 * @param expected share where nothing changed
 */
export function rareShare(count: number, n: number, expected: number): Comparison {
  const lambda = n * expected;
  const root = Math.sqrt(4 * lambda + 1);
  const least = ((LIMITS.oneSidedZ + root) / 2) ** 2; // √x + √(x + 1) is about 2 √x
  return {
    z: n > 0 ? Math.sqrt(count) + Math.sqrt(count + 1) - root : null,
    effect: n > 0 ? count / n - expected : null,
    smallest_visible: n > 0 ? Math.max(LIMITS.rareWarn, least / n) : Infinity,
    critical: LIMITS.oneSidedZ,
    tells: { warn: LIMITS.rareWarn, alert: LIMITS.rareAlert },
  };
}
