import type { Columns } from '../core/columns.js';

/** Rows with their segments. */
export interface Clustering {
  /** Standardised. */
  readonly columns: Columns;
  /** 0 to k - 1 per row. */
  readonly labels: Int32Array;
  readonly k: number;
}

/** Rows by segment. */
export interface Groups {
  readonly k: number;
  /** Row numbers, those of segment 0 first; within a segment ascending. */
  readonly order: Int32Array;
  /** k + 1 positions: segment c holds order[starts[c]] to order[starts[c + 1] - 1]. */
  readonly starts: Int32Array;
}

/** Groups rows by their labels, each 0 to k - 1. */
export function groupRows(labels: Int32Array, k: number): Groups {
  const starts = new Int32Array(k + 1);
  countRows(labels, k).forEach((size, c) => {
    starts[c + 1] = starts[c]! + size;
  });
  const next = starts.slice();
  const order = new Int32Array(labels.length);
  labels.forEach((label, row) => {
    order[next[label]!++] = row;
  });
  return { k, order, starts };
}

/** Row numbers of one segment. */
export function rowsOf({ order, starts }: Groups, segment: number): Int32Array {
  return order.subarray(starts[segment], starts[segment + 1]);
}

/** Rows per label. */
export function countRows(labels: Int32Array, k: number): number[] {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  return [...sizes];
}
