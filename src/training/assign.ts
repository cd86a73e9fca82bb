import type { Columns } from '../core/columns.js';
import { allocateBlocks, releaseBlocks, setScale } from '../kernels/blocks.js';
import type { Pool } from './pool.js';
import { type Scaler, unitScaler } from './scaler.js';
import { sharedFloats, sharedInts } from './shared.js';

export interface Assignment {
  /** Nearest centroid of each row; of equally near ones the lowest. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Euclidean distance of each row to it, where asked for. */
  readonly distances?: Float64Array<SharedArrayBuffer>;
}

export interface AssignOptions {
  /** Scale of the rows; none if they are standardised. */
  readonly scaler?: Scaler;
  readonly distances?: boolean;
}

/**
 * Labels rows by their nearest centroid, with the arithmetic of the fit: training rows get the labels they were trained with. As
 * scikit-learn's `KMeans.predict`.
 *
 * @param centroids k points, standardised
 */
export async function assign(
  columns: Columns,
  centroids: readonly (readonly number[])[],
  pool: Pool,
  options: AssignOptions = {},
): Promise<Assignment> {
  const { rows, names, data } = columns;
  const blocks = allocateBlocks(1, names.length, centroids.length, pool.threads);
  setScale(blocks, options.scaler ?? unitScaler(names.length));
  const labels = sharedInts(rows);
  const out = options.distances === true ? { labels, distances: sharedFloats(rows) } : { labels };
  await pool.run('predict', { blocks, columns: data, rows, centroids, ...out }, rows);
  releaseBlocks(blocks);
  return out;
}
