import { type Blocks, openBlocks } from '../blocks.js';
import { TILE } from '../sizes.js';
import type { Team } from '../team.js';
import { loadTile, TILE_STRIDE, tileOf } from '../tile.js';

/** Labels the rows of columns by their nearest centroid. */
export interface PredictJob {
  /** Blocks without rows of their own: a place for the model and the scratch. */
  readonly blocks: Blocks;
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  readonly rows: number;
  readonly centroids: readonly (readonly number[])[];
  /** Out, per row. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Out, per row, where wanted: the Euclidean distance. */
  readonly distances?: Float64Array<SharedArrayBuffer>;
}

/** Labels rows in their order, tile by tile; ties go to the lowest centroid. */
export function predict(job: PredictJob, team: Team): null {
  const { blocks, columns, rows, centroids, labels, distances } = job;
  const shard = openBlocks(blocks, team.rank)[0]!;
  const { features } = blocks;
  const tile = tileOf(shard, blocks);
  const { kernels, mean, sd, scale } = shard;
  const { at } = tile;
  const k = centroids.length;
  shard.floats.set(centroids.flat(), at.model / 8);
  kernels.prepare(features, k, at.model, 0);
  for (let row = team.claim() * TILE; row < rows; row = team.claim() * TILE) {
    const count = Math.min(TILE, rows - row);
    loadTile(tile, columns, row, count);
    const squares = distances === undefined ? 0 : at.squares;
    kernels.predict(features, k, count, at.columns, TILE_STRIDE, mean, sd, scale, at.model, at.keys, squares);
    labels.set(tile.keys.subarray(0, count), row);
    if (distances === undefined) continue;
    for (let i = 0; i < count; i++) distances[row + i] = Math.sqrt(tile.squares[i]!);
  }
  team.barrier();
  return null;
}
