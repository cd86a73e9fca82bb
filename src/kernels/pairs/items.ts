import { type Pairs, segmentAt } from './job.js';
import { CHUNK, SLOTS, SMALL } from './memory.js';

/** Grouped rows and, for each, the total that its distances are added to. */
export interface Listed {
  readonly rows: Int32Array;
  readonly totals: Int32Array;
}

export type Between = 'one' | 'both' | 'precise';

/**
 * A piece of work: distances between rows. Within a segment they are added to the totals of both rows; between segments to those of one,
 * of both, or of one in doubles.
 */
export type Item =
  | { readonly kind: 'within'; readonly first: number; readonly end: number; readonly segmentEnd: number }
  | { readonly kind: Between; readonly from: Listed; readonly to: Listed };

/** Every piece of work, in an order that doesn't depend on the threads; each thread finds the same ones. */
export function itemsOf(pairs: Pairs): Item[] {
  const { k, starts } = pairs.job;
  const needs = needsOf(pairs);
  const items: Item[] = [];
  for (let c = 0; c < k; c++) {
    const segmentEnd = starts[c + 1]!;
    if (segmentEnd - starts[c]! < SMALL) continue;
    for (let first = starts[c]!; first < segmentEnd; first += CHUNK) {
      items.push({ kind: 'within', first, end: Math.min(segmentEnd, first + CHUNK), segmentEnd });
    }
  }
  for (const [key, from] of needs) {
    const [a, b] = [Math.floor(key / k), key % k];
    const back = needs.get(b * k + a);
    // where rows of both segments need each other's segment, one distance serves both
    if (back !== undefined && a < b) cut(items, 'both', from, back);
    const kind = starts[b + 1]! - starts[b]! < SMALL ? 'precise' : 'one';
    cut(items, kind, from, back === undefined ? allRows(starts, b) : others(starts, b, back.rows));
  }
  return items;
}

function cut(items: Item[], kind: Between, from: Listed, to: Listed): void {
  if (to.rows.length === 0) return;
  for (let first = 0; first < from.rows.length; first += CHUNK) {
    const rows = from.rows.subarray(first, first + CHUNK);
    items.push({ kind, from: { rows, totals: from.totals.subarray(first, first + CHUNK) }, to });
  }
}

/** The rows of segment a that need the distances to segment b, under a · k + b; those with more needs than slots are left out. */
function needsOf({ job, at, integers }: Pairs): Map<number, Listed> {
  const { k, starts, source } = job;
  const lists = new Map<number, { rows: number[]; totals: number[] }>();
  for (let row = 0, a = 0; row < source.rows; row++) {
    a = segmentAt(starts, row, a);
    const count = integers[at.counts / 4 + row]!;
    if (count > SLOTS) continue;
    for (let slot = SLOTS * row; slot < SLOTS * row + count; slot++) {
      const key = a * k + integers[at.slots / 4 + slot]!;
      const list = lists.get(key) ?? { rows: [], totals: [] };
      lists.set(key, list);
      list.rows.push(row);
      list.totals.push(source.rows + slot);
    }
  }
  const typed = new Map<number, Listed>();
  for (const [key, { rows, totals }] of lists) {
    typed.set(key, { rows: Int32Array.from(rows), totals: Int32Array.from(totals) });
  }
  return typed;
}

const NO_TOTALS = new Int32Array();

function allRows(starts: Int32Array, segment: number): Listed {
  return { rows: range(starts[segment]!, starts[segment + 1]!), totals: NO_TOTALS };
}

/** A segment's rows but for some of them, which come in ascending order. */
function others(starts: Int32Array, segment: number, some: Int32Array): Listed {
  const rows = new Int32Array(starts[segment + 1]! - starts[segment]! - some.length);
  for (let row = starts[segment]!, next = 0, at = 0; row < starts[segment + 1]!; row++) {
    if (row === some[next]) next++;
    else rows[at++] = row;
  }
  return { rows, totals: NO_TOTALS };
}

/** The numbers from `first` to `end` - 1. */
export function range(first: number, end: number): Int32Array {
  const numbers = new Int32Array(end - first);
  for (let i = 0; i < numbers.length; i++) numbers[i] = first + i;
  return numbers;
}
