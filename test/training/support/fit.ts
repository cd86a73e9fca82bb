import type { Columns } from '#segue/core/columns.js';
import { allocateBlocks, setScale } from '#segue/kernels/blocks.js';
import { startFilling } from '#segue/kernels/fill.js';
import { allocateFitMemory } from '#segue/kernels/programs/fit.js';
import type { LloydResult, LloydSettings } from '#segue/kernels/programs/lloyd.js';
import { allocateTileMoments } from '#segue/kernels/programs/survey.js';
import type { Pool } from '#segue/training/pool.js';
import { labelsOf, type Rows, rowsOf } from '#segue/training/rows.js';
import { type Scaler, unitScaler } from '#segue/training/scaler.js';
import { sharedInts } from '#segue/training/shared.js';
import type { Points } from '../../reference/points.js';

export interface LloydRun extends LloydResult {
  /** In the order of the columns, numbered as the first centroids are. */
  readonly labels: readonly number[];
  readonly rows: Rows;
}

/** One start from given centroids, without the order that `fitKMeans` brings segments into. */
export async function lloyd(
  columns: Columns,
  initial: Points,
  settings: LloydSettings,
  pool: Pool,
): Promise<LloydRun> {
  const rows = await rowsOf(columns, unitScaler(columns.names.length), initial.length, pool);
  return lloydOn(rows, initial, settings, pool);
}

export async function lloydOn(
  rows: Rows,
  initial: Points,
  settings: LloydSettings,
  pool: Pool,
): Promise<LloydRun> {
  const { blocks, shared } = rows;
  const job = { blocks, ks: [initial.length], starts: 1, seed: 1, initials: [initial], settings, shared };
  const [found] = await pool.run('fit', job, blocks.rows);
  const { centroids, sizes, within, inertia, iterations, stop } = found!;
  const labels = [...(await labelsOf(rows, pool))];
  return { centroids, sizes, within, inertia, iterations, stop, labels, rows };
}

/** The first centroids that k-means++ chooses: a fit without an iteration leaves them as they are. */
export async function seedsOf(columns: Columns, k: number, seed: number, pool: Pool): Promise<Points> {
  const rows = await rowsOf(columns, unitScaler(columns.names.length), k, pool);
  const { blocks, shared } = rows;
  const settings = { maxIterations: 0, tolerance: 0 };
  const job = { blocks, ks: [k], starts: 1, seed, settings, shared };
  const [found] = await pool.run('fit', job, blocks.rows);
  return found!.centroids;
}

/** Rows in the order of their places among the blocks, which is what ties between them go by. */
export function inPlaceOrder<T>(items: readonly T[], { places }: Pick<Rows, 'places'>): T[] {
  const ordered: T[] = Array.from(items);
  places.forEach((place, row) => {
    ordered[place] = items[row]!;
  });
  return ordered;
}

/** As `rowsOf`, with so many rows per memory, a multiple of PART. */
export async function rowsInShards(
  columns: Columns,
  scaler: Scaler,
  { largestK, shardRows, streamed }: { largestK: number; shardRows?: number; streamed?: boolean },
  pool: Pool,
): Promise<Rows> {
  const { names, rows, data } = columns;
  const blocks = allocateBlocks(rows, names.length, largestK, pool.threads, shardRows);
  const places = sharedInts(rows);
  setScale(blocks, scaler);
  if (streamed === true) {
    const filling = startFilling(blocks, places);
    filling.survey(data, rows);
    filling.startPlacing();
    filling.place(data, rows);
    await pool.run('bound', { blocks }, rows);
  } else {
    const moments = allocateTileMoments(rows, names.length);
    await pool.run('build', { blocks, columns: data, places, moments }, rows);
  }
  return { names, blocks, places, variance: 1, shared: allocateFitMemory(blocks) };
}
