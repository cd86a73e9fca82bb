import type { Blocks, OpenShard } from './blocks.js';
import type { Address } from './instance.js';
import { TILE } from './sizes.js';

/** A thread's scratch in one memory: up to TILE rows of columns and a figure or two for each, a table, a model. */
export interface Tile {
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  readonly keys: Int32Array<SharedArrayBuffer>;
  readonly squares: Float64Array<SharedArrayBuffer>;
  readonly at: TileAddresses;
}

interface TileAddresses {
  readonly columns: Address;
  readonly keys: Address;
  readonly squares: Address;
  /** Up to 16 points and as many doubles. */
  readonly points: Address;
  readonly sums: Address;
  readonly model: Address;
}

export const MOST_POINTS = 16;

function addressesOf(own: Address, features: number): TileAddresses {
  const columns = own;
  const keys = columns + 8 * features * TILE;
  const squares = keys + 4 * TILE;
  const points = squares + 8 * TILE;
  const sums = points + 8 * features * MOST_POINTS;
  return { columns, keys, squares, points, sums, model: sums + 8 * MOST_POINTS };
}

/** Bytes of a tile without the model at its end. */
export function tileBytes(features: number): number {
  return addressesOf(0, features).model;
}

export function tileOf({ memory, own }: OpenShard, { features }: Pick<Blocks, 'features'>): Tile {
  const at = addressesOf(own, features);
  const { buffer } = memory;
  return {
    columns: Array.from(
      { length: features },
      (_, j) => new Float64Array(buffer, at.columns + 8 * j * TILE, TILE),
    ),
    keys: new Int32Array(buffer, at.keys, TILE),
    squares: new Float64Array(buffer, at.squares, TILE),
    at,
  };
}

/** Bytes from a column of a tile to the next. */
export const TILE_STRIDE = 8 * TILE;

/** Copies rows [row, row + count) of columns into a tile. */
export function loadTile(tile: Tile, columns: readonly Float64Array[], row: number, count: number): void {
  columns.forEach((column, j) => tile.columns[j]!.set(column.subarray(row, row + count)));
}
