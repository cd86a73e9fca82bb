/** Moments in exact arithmetic: doubles are whole multiples of a power of two, so all of it can be done in whole numbers. */

export interface ExactMoments {
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
  /** Fourth standardised moment; NaN where all values are the same. */
  readonly kurtosis: number;
}

/** Digits that a quotient keeps. */
const DIGITS = 10n ** 40n;

/** @param unit a power of two that all values are whole multiples of */
export function exactMoments(values: readonly number[], unit: number): ExactMoments {
  const n = BigInt(values.length);
  const whole = values.map((value) => BigInt(value / unit));
  const sum = whole.reduce((total, value) => total + value, 0n);
  let second = 0n; // n² times the sum of squares
  let fourth = 0n; // n⁴ times the sum of fourth powers
  for (const value of whole) {
    const square = (n * value - sum) ** 2n;
    second += square;
    fourth += square * square;
  }
  return {
    mean: ratio(sum, n) * unit,
    sd: Math.sqrt(ratio(second, n ** 3n)) * unit,
    kurtosis: second === 0n ? Number.NaN : ratio(n * fourth, second * second),
  };
}

function ratio(a: bigint, b: bigint): number {
  const whole = a / b;
  return Number(whole) + Number(((a - whole * b) * DIGITS) / b) / Number(DIGITS);
}
