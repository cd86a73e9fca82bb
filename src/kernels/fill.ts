import { type Blocks, openBlocks } from './blocks.js';
import { addMoments, noMoments, type RunningMoments } from './moments.js';
import { clearCells, findCells, findPlaces, type Grid, placeCells, scatterRows } from './programs/build.js';
import { TILE } from './sizes.js';
import { loadTile, TILE_STRIDE, tileOf } from './tile.js';

/**
 * Fills blocks from rows that come one chunk after the other, twice in the same order: first they are surveyed, then placed. No more than
 * one chunk is kept. Boxes are found afterwards (the program `bound`).
 */
export interface Filling {
  /** Rows surveyed so far, from which `moments` are. */
  survey(columns: readonly Float64Array[], rows: number): void;
  /** What differences are from: the first row. */
  readonly origin: readonly number[];
  readonly moments: readonly RunningMoments[];
  /** All rows are surveyed; now they come again. */
  startPlacing(): void;
  place(columns: readonly Float64Array[], rows: number): void;
}

/**
 * @param places out, per row: its place among the blocks
 */
export function startFilling(blocks: Blocks, places: Int32Array): Filling {
  const shards = openBlocks(blocks, 0);
  const home = shards[0]!;
  const tiles = shards.map((shard) => tileOf(shard, blocks));
  const tile = tiles[0]!;
  const { features } = blocks;
  const { at } = tile;
  const origin = Array.from({ length: features }, () => 0);
  const moments = Array.from({ length: features }, noMoments);
  const grid: Grid = { mean: at.points, scale: at.points + 8 * features };
  const origins = at.points + 16 * features;
  let surveyed = 0;
  let placed = 0;
  clearCells(blocks, home, 0);

  const surveyTile = (count: number): void => {
    if (surveyed === 0) {
      tile.columns.forEach((column, j) => {
        origin[j] = column[0]!;
      });
      home.floats.set(origin, origins / 8);
    }
    home.kernels.moments(features, count, at.columns, TILE_STRIDE, origins, at.model);
    moments.forEach((running, j) => {
      const from = at.model / 8 + 6 * j;
      addMoments(running, count, home.floats.subarray(from, from + 6));
    });
    if (surveyed === 0) setGrid();
    findCells(blocks, home, tile, 0, count, grid);
    places.set(tile.keys.subarray(0, count), surveyed);
    surveyed += count;
  };

  /** The first tile decides the grid. Another grid sorts worse or better, and changes nothing else but last digits. */
  const setGrid = (): void => {
    moments.forEach(({ n, mean, second }, j) => {
      const sd = Math.sqrt(second / n);
      home.floats[grid.mean / 8 + j] = origin[j]! + mean;
      home.floats[grid.scale / 8 + j] = sd > 0 ? 1 / sd : 0;
    });
  };

  const placeTile = (columns: readonly Float64Array[], row: number, count: number): void => {
    tile.keys.set(places.subarray(placed, placed + count));
    findPlaces(blocks, home, tile, 0, count);
    const found = tile.keys.subarray(0, count);
    places.set(found, placed);
    shards.forEach((shard, i) => {
      loadTile(tiles[i]!, columns, row, count);
      if (i > 0) tiles[i]!.keys.set(found);
      scatterRows(blocks, shard, tiles[i]!, count);
    });
    placed += count;
  };

  return {
    origin,
    moments,
    survey(columns, rows) {
      eachTile(rows, (row, count) => {
        loadTile(tile, columns, row, count);
        surveyTile(count);
      });
    },
    startPlacing: () => placeCells(blocks, home, 1),
    place(columns, rows) {
      eachTile(rows, (row, count) => placeTile(columns, row, count));
    },
  };
}

function eachTile(rows: number, visit: (row: number, count: number) => void): void {
  for (let row = 0; row < rows; row += TILE) visit(row, Math.min(TILE, rows - row));
}
