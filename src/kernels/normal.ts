/**
 * How rows are brought to values between -1 and 1: (x - centre) · factor. The factor is a power of two, so that nothing is lost. Silhouettes
 * don't change with it, and sums of distances have a known limit.
 */
export interface Normal {
  readonly centre: readonly number[];
  readonly factor: number;
  /** Sums of distances are kept as whole numbers of 1 / fixed, a power of two. */
  readonly fixed: number;
}

/** Exponents of powers of two that are still far from the end of a double's range. */
const MOST_EXPONENT = 1000;

/**
 * @param centre near most rows, within the ranges
 * @param rows whose distances may be added up
 */
export function normalFor(
  centre: readonly number[],
  lows: Float64Array,
  highs: Float64Array,
  rows: number,
): Normal {
  const reach = Math.max(...centre.map((middle, j) => Math.max(highs[j]! - middle, middle - lows[j]!)));
  const exponent = reach > 0 ? Math.ceil(Math.log2(reach)) + 1 : 0;
  const limited = Math.max(-MOST_EXPONENT, Math.min(MOST_EXPONENT, exponent));
  const longest = 2 * Math.sqrt(centre.length) * rows;
  return { centre, factor: 2 ** -limited, fixed: 2 ** (61 - Math.ceil(Math.log2(longest))) };
}
