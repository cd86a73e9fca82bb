import type { Columns } from '../core/columns.js';
import type { Pool } from './pool.js';
import { BLOCK_ROWS, packPoints, sharedFloats, sharedInts } from './shared.js';

export interface Assignment {
  /** Nearest centroid of each row; of equally near ones the lowest. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Euclidean distance of each row to it. */
  readonly distances: Float64Array<SharedArrayBuffer>;
}

/**
 * Labels standardised rows by their nearest centroid, with the arithmetic of the fit: training rows get the labels they were trained
 * with.
 *
 * @param into where the answer goes: one entry per row; give the same again when there are many batches
 */
export async function assign(
  columns: Columns,
  centroids: readonly (readonly number[])[],
  pool: Pool,
  into: Assignment = allocateAssignment(columns.rows),
): Promise<Assignment> {
  const { labels, distances } = into;
  await pool.run({
    kernel: 'label',
    args: {
      columns: columns.data,
      centroids: packPoints(centroids),
      k: centroids.length,
      labels,
      squares: distances,
    },
    items: columns.rows,
    blockSize: BLOCK_ROWS,
  });
  for (let row = 0; row < columns.rows; row++) distances[row] = Math.sqrt(distances[row]!);
  return into;
}

export function allocateAssignment(rows: number): Assignment {
  return { labels: sharedInts(rows), distances: sharedFloats(rows) };
}
