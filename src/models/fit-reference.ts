import type { Columns } from '../core/columns.js';
import { type CompiledModel, predictOne } from './predict.js';

/** How training rows lie among the segments, from a sample of them: what tracks that are asked later are compared with. */
export interface FitReference {
  /** Rows in the sample. */
  readonly rows: number;
  /** Of the Euclidean distances to the own centroid, in standardised units. */
  readonly mean_distance: number;
  /** Population standard deviation of those distances. */
  readonly sd_distance: number;
  /** Share of rows whose margin is under BOUNDARY_MARGIN. */
  readonly boundary_share: number;
}

/** A track of a smaller margin (1 - distance / distance to the runner-up) could as well be in the other segment. */
export const BOUNDARY_MARGIN = 0.05;

/** Rows that are looked at. */
export const FIT_ROWS = 50_000;

/**
 * Measures a sample of the training rows.
 *
 * @param sample in the contract's order and units; at least one row
 * @throws SegueError SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export function fitReference(model: CompiledModel, { rows, data }: Columns): FitReference {
  const values = data.map(() => 0);
  let [sum, squares, boundary] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    for (let j = 0; j < data.length; j += 1) values[j] = data[j]![row]!;
    const { distance, margin } = predictOne(model, values);
    sum += distance;
    squares += distance * distance;
    if (margin < BOUNDARY_MARGIN) boundary += 1;
  }
  const mean = sum / rows;
  return {
    rows,
    mean_distance: mean,
    sd_distance: Math.sqrt(Math.max(0, squares / rows - mean * mean)),
    boundary_share: boundary / rows,
  };
}
