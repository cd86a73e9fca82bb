import type { Blocks } from './blocks.js';

/** Standardised rows with their segments, as plain data that any thread can be sent. */
export type RowSource = ColumnSource | BlockSource;

/** Rows in columns. */
export interface ColumnSource {
  readonly kind: 'columns';
  readonly rows: number;
  readonly features: number;
  /** One array of `rows` values per feature. */
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  /** 0 to k - 1 per row. */
  readonly labels: Int32Array<SharedArrayBuffer>;
}

/** Rows in blocks, in the order of their places, with the labels of the last fit. */
export interface BlockSource {
  readonly kind: 'blocks';
  readonly rows: number;
  readonly features: number;
  readonly blocks: Blocks;
}

/** Room for rows that are read. */
export interface RowTile {
  readonly columns: readonly Float64Array[];
  readonly labels: Int32Array;
}

export function blockSource(blocks: Blocks): BlockSource {
  return { kind: 'blocks', rows: blocks.rows, features: blocks.features, blocks };
}

/** Copies rows [first, first + count), standardised, and their labels to the start of a tile. All that programs know of a source. */
export function readRows(source: RowSource, first: number, count: number, tile: RowTile): void {
  if (source.kind === 'blocks') {
    readBlocks(source.blocks, first, count, tile);
    return;
  }
  source.columns.forEach((column, j) => tile.columns[j]!.set(column.subarray(first, first + count)));
  tile.labels.set(source.labels.subarray(first, first + count));
}

/** All labels of a source, in runs that follow one another. */
export function labelRuns(source: RowSource): readonly (Int32Array | Uint16Array)[] {
  if (source.kind === 'columns') return [source.labels];
  return source.blocks.shards.map(({ memory, labels, rows }) => new Uint16Array(memory.buffer, labels, rows));
}

function readBlocks(blocks: Blocks, first: number, count: number, tile: RowTile): void {
  const { features: d } = blocks;
  let done = 0;
  for (const shard of blocks.shards) {
    const from = first + done - shard.first;
    const rows = Math.min(count - done, shard.rows - from);
    if (rows <= 0) continue;
    const { mean, sd, values } = shard;
    const floats = new Float64Array(shard.memory.buffer);
    tile.columns.forEach((column, j) => {
      const origin = floats[mean / 8 + j]!;
      const unit = floats[sd / 8 + j]!;
      for (let i = 0, at = values / 8 + from * d + j; i < rows; i++, at += d) {
        column[done + i] = (floats[at]! - origin) / unit;
      }
    });
    tile.labels.set(new Uint16Array(shard.memory.buffer, shard.labels + 2 * from, rows), done);
    done += rows;
    if (done === count) return;
  }
}
