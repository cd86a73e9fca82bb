import { allocateColumns, type Columns } from '../core/columns.js';
import { fitMoments, type Moments } from './moments.js';
import type { Pool } from './pool.js';

export interface Scaler {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Spread in units of the last place of the mean below which a column is as good as constant: it holds rounding, not information. */
const LAST_PLACES = 4;

/**
 * Learns mean and population standard deviation of every column, as scikit-learn's `StandardScaler`. A constant column gets the scale
 * 1, so that it becomes 0 in every row instead of a division by zero.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS without rows, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function fitScaler(columns: Columns, pool: Pool): Promise<Scaler> {
  return scalerFrom(await fitMoments(columns, pool));
}

/** The scaler that changes nothing. */
export function unitScaler(features: number): Scaler {
  return { mean: Array.from({ length: features }, () => 0), sd: Array.from({ length: features }, () => 1) };
}

/** The scaler of columns whose moments are known. */
export function scalerFrom(moments: readonly Moments[]): Scaler {
  return {
    mean: moments.map(({ mean }) => mean),
    sd: moments.map((column) => (isConstant(column) ? 1 : column.sd)),
  };
}

/**
 * Tells whether a column can't be told from a constant one. scikit-learn's rule (`_is_constant_feature`) allows for the rounding of
 * plain sums, which grows with the rows; here sums are exact enough to do without that factor.
 */
export function isConstant({ mean, sd }: Moments): boolean {
  return sd <= LAST_PLACES * Number.EPSILON * Math.abs(mean);
}

/** Standardised copy of columns: z = (x - mean) / sd. */
export function standardise(columns: Columns, { mean, sd }: Scaler): Columns {
  const scaled = allocateColumns(columns.names, columns.rows);
  columns.data.forEach((column, j) => {
    const out = scaled.data[j]!;
    const origin = mean[j]!;
    const unit = sd[j]!;
    for (let i = 0; i < column.length; i++) out[i] = (column[i]! - origin) / unit;
  });
  return scaled;
}

/** Points in standardised units back in the features' own: x = mean + z · sd. */
export function unscale(points: readonly (readonly number[])[], { mean, sd }: Scaler): number[][] {
  return points.map((point) => point.map((z, j) => mean[j]! + z * sd[j]!));
}
