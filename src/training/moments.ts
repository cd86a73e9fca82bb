import type { Columns } from '../core/columns.js';
import { allocateBlocks, releaseBlocks } from '../kernels/blocks.js';
import type { RunningMoments } from '../kernels/moments.js';
import { addTiles, allocateTileMoments } from '../kernels/programs/survey.js';
import type { Pool } from './pool.js';
import { noRow, requireFinite } from './usable-rows.js';

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

/**
 * Moments of every column, in one pass: tile by tile about the tile's own mean, from differences to the first row, so both mean and
 * standard deviation are good to about 1e-15 relative even for values far from zero.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS without rows, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function fitMoments({ names, rows, data }: Columns, pool: Pool): Promise<Moments[]> {
  if (rows === 0) throw noRow();
  const blocks = allocateBlocks(1, names.length, 1, pool.threads);
  const tiles = allocateTileMoments(rows, names.length);
  await pool.run('survey', { blocks, columns: data, moments: tiles }, rows);
  releaseBlocks(blocks);
  const running = addTiles(tiles, rows, names.length);
  requireFinite(running, names, data, 0);
  return running.map((one, j) => momentsFrom(one, data[j]![0]!));
}

/** @param origin what the running moments are from */
export function momentsFrom({ n, mean, second, fourth, min, max }: RunningMoments, origin: number): Moments {
  if (min === max) return { n, mean: min, sd: 0, kurtosis: 1, min, max };
  const variance = second / n;
  const sd = Math.sqrt(Math.max(0, variance));
  const kurtosis = sd > 0 ? fourth / n / (variance * variance) : 1;
  return { n, mean: origin + mean, sd, kurtosis, min, max };
}
