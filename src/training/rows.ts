import type { Columns } from '../core/columns.js';
import { type Progress, silent } from '../core/progress.js';
import { allocateBlocks, type Blocks, setScale } from '../kernels/blocks.js';
import { startFilling } from '../kernels/fill.js';
import { allocateLabels, type Labels } from '../kernels/labels.js';
import { allocateFitMemory, type FitMemory } from '../kernels/programs/fit.js';
import { addTiles, allocateTileMoments } from '../kernels/programs/survey.js';
import { TILE } from '../kernels/sizes.js';
import { type Moments, momentsFrom } from './moments.js';
import type { Pool } from './pool.js';
import type { Scaler } from './scaler.js';
import { sharedInts } from './shared.js';
import { sum } from './sum.js';
import { noRow, requireFinite } from './usable-rows.js';

/** Rows that come in chunks, as often as they are asked for, always in the same order. */
export interface RowStream {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array per name; valid until the next chunk is asked for. */
  chunks(): AsyncIterable<{ readonly rows: number; readonly columns: readonly Float64Array[] }>;
}

/** Rows as the trainer keeps them. */
export interface Rows {
  readonly names: readonly string[];
  readonly blocks: Blocks;
  /** Place of each row, in the order of the stream, among the blocks. */
  readonly places: Int32Array<SharedArrayBuffer>;
  /** Mean variance of the standardised columns: 1, unless some are constant. */
  readonly variance: number;
  readonly shared: FitMemory;
}

export interface RowOptions {
  /** Most segments that they will be fitted for. */
  readonly largestK: number;
  /** Where the scale comes from, once the moments are known. */
  readonly scalerOf: (moments: readonly Moments[]) => Scaler;
}

/** What `loadRows` counts: every row is read twice. */
const READINGS = 'readings of rows';

/** Columns as a stream. */
export function streamOf({ names, rows, data }: Columns): RowStream {
  return {
    names,
    rows,
    async *chunks() {
      for (let row = 0; row < rows; row += TILE) {
        const count = Math.min(TILE, rows - row);
        yield { rows: count, columns: data.map((column) => column.subarray(row, row + count)) };
      }
    },
  };
}

/**
 * Reads a stream into blocks, without a copy of it beside them: once for the moments and the order, once more to put every row into its
 * place.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS without rows, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function loadRows(
  stream: RowStream,
  { largestK, scalerOf }: RowOptions,
  pool: Pool,
  progress: Progress = silent,
): Promise<{ readonly rows: Rows; readonly moments: readonly Moments[] }> {
  if (stream.rows === 0) throw noRow();
  const blocks = allocateBlocks(stream.rows, stream.names.length, largestK, pool.threads);
  const places = sharedInts(stream.rows);
  const filling = startFilling(blocks, places);
  let surveyed = 0;
  for await (const { rows, columns } of stream.chunks()) {
    filling.survey(columns, rows);
    requireFinite(filling.moments, stream.names, columns, surveyed);
    surveyed += rows;
    progress.advance(surveyed, 2 * stream.rows, READINGS);
  }
  requireAll(surveyed, stream);
  const moments = filling.moments.map((running, j) => momentsFrom(running, filling.origin[j]!));
  const scaler = scalerOf(moments);
  setScale(blocks, scaler);
  filling.startPlacing();
  let placed = 0;
  for await (const { rows, columns } of stream.chunks()) {
    filling.place(columns, rows);
    placed += rows;
    progress.advance(stream.rows + placed, 2 * stream.rows, READINGS);
  }
  requireAll(placed, stream);
  await pool.run('bound', { blocks }, stream.rows);
  const variance = meanVariance(moments, scaler);
  const rows = { names: stream.names, blocks, places, variance, shared: allocateFitMemory(blocks) };
  return { rows, moments };
}

/**
 * Puts columns in memory into blocks, with all threads.
 *
 * @throws SegueError as `loadRows`
 */
export async function rowsOf(columns: Columns, scaler: Scaler, largestK: number, pool: Pool): Promise<Rows> {
  const { names, rows, data } = columns;
  if (rows === 0) throw noRow();
  const blocks = allocateBlocks(rows, names.length, largestK, pool.threads);
  setScale(blocks, scaler);
  const places = sharedInts(rows);
  const tiles = allocateTileMoments(rows, names.length);
  await pool.run('build', { blocks, columns: data, places, moments: tiles }, rows);
  const running = addTiles(tiles, rows, names.length);
  requireFinite(running, names, data, 0);
  const moments = running.map((one, j) => momentsFrom(one, data[j]![0]!));
  const variance = meanVariance(moments, scaler);
  return { names, blocks, places, variance, shared: allocateFitMemory(blocks) };
}

/** A place without a row, or a row without a place, would be a row lost. */
function requireAll(read: number, { rows }: RowStream): void {
  if (read !== rows) throw new Error(`${read} rows came from a stream of ${rows}`);
}

/** Mean variance of standardised columns: 1, unless some are constant. scikit-learn's tolerance is relative to it. */
export function meanVariance(moments: readonly Moments[], { sd }: Scaler): number {
  return sum(moments.map((column, j) => (column.sd / sd[j]!) ** 2)) / moments.length;
}

/** Labels of the rows in the order in which they were given, as the last fit left them in the blocks. */
export async function labelsOf({ blocks, places }: Rows, pool: Pool): Promise<Labels> {
  const labels = allocateLabels(places.length, blocks.largestK);
  await pool.run('collectLabels', { blocks, places, labels }, places.length);
  return labels;
}

/** Numbers of rows, in the order of the stream, that came to lie at given places. */
export function rowsAt({ places }: Rows, wanted: readonly number[]): number[] {
  const rowOf = new Map<number, number>();
  const among = new Set(wanted);
  places.forEach((place, row) => {
    if (among.has(place)) rowOf.set(place, row);
  });
  return wanted.map((place) => rowOf.get(place)!);
}
