/**
 * A chi-square statistic as a standard normal one (Wilson and Hilferty, "The distribution of chi-square", PNAS 17, 1931): the cube root of
 * chi-square over its degrees of freedom is nearly normal. Prometheus' rules use the same.
 */
export function normalOfChiSquare(statistic: number, degrees: number): number {
  const c = 2 / (9 * degrees);
  return (Math.cbrt(statistic / degrees) - (1 - c)) / Math.sqrt(c);
}

/** The statistic whose `normalOfChiSquare` is z. */
export function chiSquareAt(z: number, degrees: number): number {
  const c = 2 / (9 * degrees);
  return degrees * (1 - c + z * Math.sqrt(c)) ** 3;
}

/** Counts in classes that a window and the training rows have in common. */
export interface Classes {
  readonly current: readonly number[];
  /** Adds up to 1. */
  readonly reference: readonly number[];
}

/** Rows that chance must put into a class at least, for chi-square to hold. */
const LEAST_EXPECTED = 5;

/**
 * Puts neighbouring classes together until chance puts five tracks into each, and both sides agree on what is empty.
 *
 * @param tracks in the window
 */
export function pooled({ current, reference }: Classes, tracks: number): Classes {
  const classes: { current: number; reference: number }[] = [];
  let open = { current: 0, reference: 0 };
  for (const [i, share] of reference.entries()) {
    open = { current: open.current + current[i]!, reference: open.reference + share };
    if (open.reference * tracks < LEAST_EXPECTED) continue;
    classes.push(open);
    open = { current: 0, reference: 0 };
  }
  const last = classes.at(-1);
  if (last === undefined) classes.push(open);
  else {
    last.current += open.current;
    last.reference += open.reference;
  }
  return {
    current: classes.map((one) => one.current),
    reference: classes.map((one) => one.reference),
  };
}
