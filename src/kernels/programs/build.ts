import { type Blocks, eachPart, type OpenShard, openBlocks } from '../blocks.js';
import type { Address } from '../instance.js';
import { TILE } from '../sizes.js';
import { shareOf, type Team } from '../team.js';
import { loadTile, TILE_STRIDE, type Tile, tileOf } from '../tile.js';
import { startSurvey, surveyTile, type TileMoments } from './survey.js';

/** Fills blocks with the rows of columns. */
export interface BuildJob {
  readonly blocks: Blocks;
  /** One array of `rows` values per feature. */
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  /** Out, per row: its place among the blocks. */
  readonly places: Int32Array<SharedArrayBuffer>;
  /** Out: the columns' moments. */
  readonly moments: TileMoments;
}

/**
 * Sorts rows by their cell of a grid along a Z-order curve, rows of a cell in their given order: a counting sort, whose result doesn't
 * depend on the number of threads. Then finds every block's box.
 */
export function build({ blocks, columns, places, moments }: BuildJob, team: Team): null {
  const shards = openBlocks(blocks, team.rank);
  const home = shards[0]!;
  const tiles = shards.map((shard) => tileOf(shard, blocks));
  const tile = tiles[0]!;
  const { first, end } = shareOf(team, blocks.rows, TILE);
  clearCells(blocks, home, team.rank);
  startSurvey(home, tile, columns);

  for (let row = first; row < end; row += TILE) {
    const count = Math.min(TILE, end - row);
    loadTile(tile, columns, row, count);
    surveyTile(home, tile, row, count, moments);
    findCells(blocks, home, tile, team.rank, count);
    places.set(tile.keys.subarray(0, count), row);
  }
  team.barrier();
  if (team.rank === 0) placeCells(blocks, home, team.size);
  team.barrier();
  for (let row = first; row < end; row += TILE) {
    const count = Math.min(TILE, end - row);
    tile.keys.set(places.subarray(row, row + count));
    findPlaces(blocks, home, tile, team.rank, count);
    const found = tile.keys.subarray(0, count);
    places.set(found, row);
    shards.forEach((shard, i) => {
      loadTile(tiles[i]!, columns, row, count);
      if (i > 0) tiles[i]!.keys.set(found);
      scatterRows(blocks, shard, tiles[i]!, count);
    });
  }
  team.barrier();
  boundBlocks(blocks, shards, team);
  team.barrier();
  return null;
}

/** Where the middle of the grid of cells and 1 / its unit are, per feature. */
export interface Grid {
  readonly mean: Address;
  readonly scale: Address;
}

/** Prepares a thread for `findCells`. */
export function clearCells(blocks: Blocks, home: OpenShard, rank: number): void {
  const from = histogramOf(blocks, home, rank);
  home.floats.fill(0, from / 8, histogramOf(blocks, home, rank + 1) / 8);
}

/** Writes the cells of a tile's rows to its keys and counts them in the thread's histogram. */
export function findCells(
  blocks: Blocks,
  home: OpenShard,
  { at }: Tile,
  rank: number,
  count: number,
  grid: Grid = home,
): void {
  home.kernels.cells(
    blocks.cellFeatures,
    count,
    at.columns,
    TILE_STRIDE,
    grid.mean,
    grid.scale,
    blocks.cellBits,
    at.keys,
    histogramOf(blocks, home, rank),
    at.model,
  );
}

/** Once all rows are counted: where each thread's rows of each cell go. */
export function placeCells(blocks: Blocks, home: OpenShard, ranks: number): void {
  home.kernels.placeCells(2 ** (blocks.cellBits * blocks.cellFeatures), ranks, home.histograms);
}

/** Replaces cells by places; the rows must come in the order in which they were counted. */
export function findPlaces(blocks: Blocks, home: OpenShard, { at }: Tile, rank: number, count: number): void {
  home.kernels.places(count, at.keys, histogramOf(blocks, home, rank));
}

/** Writes those of a tile's rows whose place is in this memory. */
export function scatterRows({ features }: Blocks, shard: OpenShard, { at }: Tile, count: number): void {
  const { first, rows, values } = shard;
  shard.kernels.scatter(features, count, at.columns, TILE_STRIDE, at.keys, first, first + rows, values);
}

/** Finds the boxes of all blocks and quantises them, once all values are in place. */
export function boundBlocks({ features }: Blocks, shards: readonly OpenShard[], team: Team): void {
  eachPart(shards, team.claim, (shard, row, rows) => {
    shard.kernels.quantise(
      features,
      rows,
      shard.values + 8 * features * row,
      shard.mean,
      shard.scale,
      shard.boxes + (8 * features * row) / 64,
      shard.quantised + 2 * features * row,
    );
  });
}

function histogramOf({ cellBits, cellFeatures }: Blocks, home: OpenShard, rank: number): number {
  return home.histograms + rank * 4 * 2 ** (cellBits * cellFeatures);
}
