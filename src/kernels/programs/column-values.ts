import type { OpenShard } from '../blocks.js';
import { TILE } from '../sizes.js';

/** A column of labelled rows: a feature by its number, or every row's Euclidean distance to the centroid of its segment. */
export type ColumnName = number | 'distance';

/** Values of some rows of a column with the rows' segments; both are written over by the next ones. */
export interface ColumnChunk {
  readonly rows: number;
  readonly values: Float64Array;
  readonly labels: Uint16Array;
}

/**
 * Reads a column from the blocks, a few thousand rows at a time. Distances are made on the way, by the arithmetic of a prediction: z = (x -
 * mean) / sd, then the squares in the order of the features.
 *
 * @param centroids k × d, standardised, row by row
 */
export function* readColumn(
  shards: readonly OpenShard[],
  column: ColumnName,
  features: number,
  centroids: Float64Array,
): Generator<ColumnChunk> {
  const values = new Float64Array(TILE);
  for (const shard of shards) {
    const labelOf = new Uint16Array(shard.memory.buffer, shard.labels, shard.rows);
    for (let row = 0; row < shard.rows; row += TILE) {
      const rows = Math.min(TILE, shard.rows - row);
      const labels = labelOf.subarray(row, row + rows);
      const from = shard.values / 8 + row * features;
      if (column === 'distance') fillDistances(values, shard, from, labels, features, centroids);
      else for (let i = 0; i < rows; i++) values[i] = shard.floats[from + i * features + column]!;
      yield { rows, values, labels };
    }
  }
}

/**
 * A distance that no row's exceeds: every step of the arithmetic keeps the order of its operands.
 *
 * @param lows least and largest value of every feature
 */
export function farthestDistance(
  { floats, mean, sd }: OpenShard,
  lows: readonly number[],
  highs: readonly number[],
  centroids: Float64Array,
): number {
  const d = lows.length;
  let farthest = 0;
  for (let from = 0; from < centroids.length; from += d) {
    let square = 0;
    for (let j = 0; j < d; j++) {
      const [below, above] = [lows[j]!, highs[j]!].map((x) =>
        Math.abs((x - floats[mean / 8 + j]!) / floats[sd / 8 + j]! - centroids[from + j]!),
      ) as [number, number];
      square += Math.max(below, above) ** 2;
    }
    farthest = Math.max(farthest, Math.sqrt(square));
  }
  return farthest;
}

function fillDistances(
  values: Float64Array,
  { floats, mean, sd }: OpenShard,
  from: number,
  labels: Uint16Array,
  d: number,
  centroids: Float64Array,
): void {
  for (let i = 0, at = from; i < labels.length; i++, at += d) {
    const centroid = labels[i]! * d;
    let square = 0;
    for (let j = 0; j < d; j++) {
      const gap = (floats[at + j]! - floats[mean / 8 + j]!) / floats[sd / 8 + j]! - centroids[centroid + j]!;
      square += gap * gap;
    }
    values[i] = Math.sqrt(square);
  }
}
