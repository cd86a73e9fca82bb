import type { Gather } from '../silhouette-kernels.js';
import { BLOCK } from '../sizes.js';
import { type Between, type Item, type Listed, range } from './items.js';
import type { Pairs } from './job.js';
import { TILE_ROWS } from './memory.js';

/** Does a piece of work. */
export function addPairs(pairs: Pairs, item: Item): void {
  if (item.kind === 'within') addWithin(pairs, item.first, item.end, item.segmentEnd);
  else addBetween(pairs, item.from, item.to, item.kind);
}

function addBetween(pairs: Pairs, from: Listed, to: Listed, kind: Between): void {
  const { d, kernels, at, own, floats, integers } = pairs;
  const count = from.rows.length;
  integers.set(from.rows, own.list / 4);
  integers.set(from.totals, own.rowSlots / 4);
  floats.fill(0, own.sums / 8, own.sums / 8 + count);
  for (let start = 0; start < to.rows.length; start += TILE_ROWS) {
    const columns = to.rows.subarray(start, start + TILE_ROWS);
    openTile(pairs, columns, kind === 'precise' ? kernels.gather64 : kernels.gather32);
    if (kind === 'precise') {
      kernels.sumRows64(d, at.rows, own.list, count, own.tile, columns.length, own.sums);
      continue;
    }
    for (let i = 0; i < count; i += BLOCK) {
      const [list, sums] = [own.list + 4 * i, own.sums + 8 * i];
      const size = Math.min(BLOCK, count - i);
      if (kind === 'both') addBoth(pairs, list, size, own.tile, 0, columns.length, sums);
      else kernels.sumRows32(d, at.floats, list, size, own.tile, columns.length, sums);
    }
    if (kind === 'both') closeTile(pairs, to.totals.subarray(start, start + TILE_ROWS));
  }
  keep(pairs, count);
}

/** Distances of rows [first, end) to those from `first` to the end of their segment; a row's total has its own number. */
function addWithin(pairs: Pairs, first: number, end: number, segmentEnd: number): void {
  const { d, kernels, at, own, floats, integers } = pairs;
  const count = end - first;
  for (let i = 0; i < count; i++) integers[own.list / 4 + i] = integers[own.rowSlots / 4 + i] = first + i;
  floats.fill(0, own.sums / 8, own.sums / 8 + count);
  for (let start = first; start < segmentEnd; start += TILE_ROWS) {
    const columns = range(start, Math.min(segmentEnd, start + TILE_ROWS));
    openTile(pairs, columns, kernels.gather32);
    for (let i = 0; i < count; i += BLOCK) {
      const [list, sums] = [own.list + 4 * i, own.sums + 8 * i];
      const size = Math.min(BLOCK, count - i);
      const block = first + i - start; // where the rows themselves are in the tile
      const tile = own.tile + 4 * d * Math.max(0, block);
      if (block >= 0) kernels.sumRows32(d, at.floats, list, size, tile, size, sums);
      const rest = Math.max(0, block + BLOCK);
      if (rest >= columns.length) continue;
      addBoth(pairs, list, size, own.tile + 4 * d * rest, rest, columns.length - rest, sums);
    }
    closeTile(pairs, columns);
  }
  keep(pairs, count);
}

function addBoth(
  { d, kernels, at, own }: Pairs,
  list: number,
  size: number,
  tile: number,
  first: number,
  columns: number,
  sums: number,
): void {
  kernels.sumBoth(d, at.floats, list, size, tile, columns, sums, own.columnSums + 8 * first, own.short);
}

function openTile({ d, at, own, floats, integers }: Pairs, rows: Int32Array, gather: Gather): void {
  integers.set(rows, own.columnList / 4);
  gather(d, at.rows, own.columnList, rows.length, own.tile);
  floats.fill(0, own.columnSums / 8, own.columnSums / 8 + rows.length);
}

function closeTile({ job, kernels, at, own, integers }: Pairs, totals: Int32Array): void {
  integers.set(totals, own.columnSlots / 4);
  kernels.addFixed(totals.length, own.columnSums, own.columnSlots, job.normal.fixed, at.totals);
}

function keep({ job, kernels, at, own }: Pairs, count: number): void {
  kernels.addFixed(count, own.sums, own.rowSlots, job.normal.fixed, at.totals);
}
