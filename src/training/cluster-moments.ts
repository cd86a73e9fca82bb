import type { Columns } from '../core/columns.js';
import { packedWidth } from './kernels/packed.js';
import type { Pool } from './pool.js';
import { addBlocks, BLOCK_ROWS, rowBlocks, sharedFloats, sharedInts } from './shared.js';

/** Where segments lie and how wide they are. */
export interface ClusterMoments {
  /** k packed rows (kernels/packed.ts): the mean of each segment's rows. */
  readonly means: Float64Array;
  /** Mean squared distance of a segment's rows to that mean; Infinity for a segment without rows. */
  readonly spread: readonly number[];
}

/** Means and spreads of the segments, found in two passes so that nothing cancels. */
export async function clusterMoments(
  columns: Columns,
  labels: Int32Array,
  k: number,
  pool: Pool,
): Promise<ClusterMoments> {
  const { rows, data } = columns;
  const width = packedWidth(data.length);
  const blocks = rowBlocks(rows);
  const shape = { items: rows, blockSize: BLOCK_ROWS };
  const counts = sharedInts(blocks * k);
  const sums = sharedFloats(blocks * k * width);
  await pool.run({ kernel: 'sum', args: { columns: data, labels, k, counts, sums }, ...shape });
  const sizes = addBlocks(counts, k);
  const total = addBlocks(sums, k * width);
  const means = new Float64Array(k * width);
  sizes.forEach((size, c) => {
    if (size === 0) return;
    for (let j = 0; j < data.length; j++) means[c * width + j] = total[c * width + j]! / size;
  });
  const within = await withinSegments(columns, labels, means, k, pool);
  return { means, spread: within.map((sum, c) => (sizes[c] === 0 ? Infinity : sum / sizes[c]!)) };
}

/**
 * Sum of the squared distances of each segment's rows to its centre: the segment's part of the WCSS.
 *
 * @param centres k packed rows (kernels/packed.ts)
 */
export async function withinSegments(
  columns: Columns,
  labels: Int32Array,
  centres: Float64Array,
  k: number,
  pool: Pool,
): Promise<number[]> {
  const within = sharedFloats(rowBlocks(columns.rows) * k);
  await pool.run({
    kernel: 'ownDistance',
    args: { columns: columns.data, centres, k, labels, within },
    items: columns.rows,
    blockSize: BLOCK_ROWS,
  });
  return [...addBlocks(within, k)];
}
