import type { Progress } from '../core/progress.js';
import { releaseBlocks, scaleOf } from '../kernels/blocks.js';
import type { Fit, FitJob } from '../kernels/programs/fit.js';
import { sampledRows } from '../kernels/programs/systematic-sample.js';
import type { Pool } from './pool.js';
import { type Rows, rowsOf } from './rows.js';
import { sharedFloats } from './shared.js';

/** Rows from which on starts are compared on a sample: 32,768 of them. */
export const ROWS_TO_SAMPLE = 2 ** 19;

/** By how much the variance of the sample may differ from that of all rows. */
const VARIANCE_MARGIN = 0.01;

/**
 * The best start of every k on one row in sixteen, or on fewer of many rows (Bradley and Fayyad, "Refining initial points for k-means
 * clustering", 1998).
 *
 * @returns undefined where the sample doesn't stand for the rows, as where the variance is that of a few rows far out
 */
export async function compareStarts(
  { names, blocks, variance }: Rows,
  { ks, starts, seed, settings }: Pick<FitJob, 'ks' | 'starts' | 'seed' | 'settings'>,
  pool: Pool,
  progress: Progress,
): Promise<Fit[] | undefined> {
  const rows = sampledRows(blocks.rows);
  const data = names.map(() => sharedFloats(rows));
  await pool.run('systematicSample', { blocks, columns: data }, blocks.rows);
  const sample = await rowsOf({ names, rows, data }, scaleOf(blocks), Math.max(...ks), pool);
  try {
    if (!(Math.abs(sample.variance - variance) < VARIANCE_MARGIN * variance)) return undefined;
    const job = { blocks: sample.blocks, shared: sample.shared, ks, starts, seed, settings };
    return await pool.run('fit', job, rows, progress);
  } finally {
    releaseBlocks(sample.blocks);
  }
}
