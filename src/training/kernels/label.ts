import { findNearest } from './nearest.js';
import { packedWidth, packRange, TILE } from './packed.js';

/** Nearest centroid of rows that have no label yet. Centroids are packed rows (packed.ts). */
export interface LabelArgs {
  readonly columns: readonly Float64Array[];
  readonly centroids: Float64Array;
  readonly k: number;
  /** Out, per row: the nearest centroid; of equally near ones the lowest. */
  readonly labels: Int32Array;
  /** Out, per row: squared distance to it. */
  readonly squares: Float64Array;
}

/** Labels rows [from, to). */
export function labelBlock(
  { columns, centroids, k, labels, squares }: LabelArgs,
  from: number,
  to: number,
): void {
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const second = new Float64Array(TILE);
  for (let start = from; start < to; start += TILE) {
    const count = Math.min(TILE, to - start);
    packRange(columns, start, count, width, packed);
    const label = labels.subarray(start, start + count).fill(0);
    const best = squares.subarray(start, start + count);
    findNearest(packed, count, width, centroids, k, { label, best, second });
  }
}
