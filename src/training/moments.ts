import type { Columns } from '../core/columns.js';
import { SegueError } from '../core/errors.js';

/** Moments of one column over all rows. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Population standard deviation (divisor n). */
  readonly sd: number;
  /** Fourth standardised moment: 3 for a normal distribution. 1, its least possible value, for a constant column. */
  readonly kurtosis: number;
  readonly min: number;
  readonly max: number;
}

/** Terms that are added one by one before the sum goes into the total: rounding then grows with the block, not with the rows. */
const TERMS = 1024;

/**
 * Moments of every column. The mean is found twice, the second time from the differences to the first, and the variance is corrected
 * for the rounding of the mean (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983, eq. 1.7), so both are
 * good to about 1e-15 relative even for values far from zero.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS without rows, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export function fitMoments(columns: Columns): Moments[] {
  if (columns.rows === 0) {
    throw new SegueError('SEGUE_TOO_FEW_ROWS', {
      what: 'There is no row to learn from',
      value: 0,
      limit: 1,
      mend: 'Give a catalogue with more tracks.',
    });
  }
  checkFinite(columns);
  return columns.data.map(momentsOf);
}

/**
 * Refuses NaN and infinities.
 *
 * @throws SegueError SEGUE_INVALID_NUMBER naming column, row (from 0) and value
 */
export function checkFinite(columns: Columns): void {
  columns.data.forEach((column, j) => {
    const row = column.findIndex((value) => !Number.isFinite(value));
    if (row === -1) return;
    throw new SegueError('SEGUE_INVALID_NUMBER', {
      what: `${columns.names[j]} of row ${row} is not a finite number`,
      value: String(column[row]),
      mend: 'Leave the row out, or mend its value.',
    });
  });
}

function momentsOf(column: Float64Array): Moments {
  const n = column.length;
  const rough = sumOfDifferences(column, 0) / n;
  const mean = rough + sumOfDifferences(column, rough) / n;
  let min = Infinity;
  let max = -Infinity;
  let first = 0;
  let second = 0;
  let fourth = 0;
  for (let start = 0; start < n; start += TERMS) {
    const end = Math.min(start + TERMS, n);
    let sum = 0;
    let squares = 0;
    let fourths = 0;
    for (let i = start; i < end; i++) {
      const value = column[i]!;
      const gap = value - mean;
      const square = gap * gap;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += gap;
      squares += square;
      fourths += square * square;
    }
    first += sum;
    second += squares;
    fourth += fourths;
  }
  if (min === max) return { n, mean: min, sd: 0, kurtosis: 1, min, max };
  const variance = (second - (first * first) / n) / n;
  const sd = Math.sqrt(Math.max(0, variance));
  return { n, mean, sd, kurtosis: sd > 0 ? fourth / n / (variance * variance) : 1, min, max };
}

function sumOfDifferences(column: Float64Array, origin: number): number {
  let total = 0;
  for (let start = 0; start < column.length; start += TERMS) {
    const end = Math.min(start + TERMS, column.length);
    let sum = 0;
    for (let i = start; i < end; i++) sum += column[i]! - origin;
    total += sum;
  }
  return total;
}
