import { allocateColumns, type Columns } from '../../core/columns.js';
import { silent } from '../../core/progress.js';
import { identifier } from '../../engine/sql.js';
import { fitKMeans } from '../kmeans.js';
import type { Pool } from '../pool.js';
import { standardise } from '../scaler.js';
import type { RowsAtScale } from './rows.js';

/** Rows that the first centroids are sought among. */
export const START_ROWS = 20_000;

/**
 * Rows that are the same in every engine, whatever the order of its rows: those with the smallest md5 of the seed and their id. It is
 * another md5 than that of the split, which the rows of a side have in common.
 *
 * @param id name of a column of texts that tells rows apart
 */
export async function startingRows(
  { engine, from, names }: RowsAtScale,
  id: string,
  { seed, rows = START_ROWS }: { readonly seed: number; readonly rows?: number },
): Promise<Columns> {
  const chosen = `SELECT ${names.map(identifier).join(', ')} FROM ${from}
    ORDER BY md5(concat('start|${seed}|', ${identifier(id)})), ${identifier(id)} LIMIT ${rows}`;
  const parts: Float64Array[][] = [];
  let count = 0;
  for await (const chunk of engine.chunks(chosen)) {
    parts.push(chunk.columns.map((column) => column.slice(0, chunk.rows)));
    count += chunk.rows;
  }
  const columns = allocateColumns(names, count);
  let at = 0;
  for (const part of parts) {
    part.forEach((column, j) => columns.data[j]!.set(column, at));
    at += part[0]!.length;
  }
  return columns;
}

/**
 * First centroids for all rows: those that K-Means finds among the starting rows, from several k-means++ seedings.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than segments
 */
export async function startingCentroids(
  rows: RowsAtScale,
  id: string,
  options: { readonly k: number; readonly seed: number; readonly starts?: number | undefined },
  pool: Pool,
): Promise<readonly (readonly number[])[]> {
  const sample = standardise(await startingRows(rows, id, options), rows.scaler);
  return (await fitKMeans(sample, options, pool, silent)).centroids;
}
