import type { Columns } from '../core/columns.js';
import { labelRuns, type RowSource } from '../kernels/row-source.js';
import { sharedInts } from './shared.js';

/** Rows with their segments. */
export interface Clustering {
  readonly source: RowSource;
  /** Labels are 0 to k - 1. */
  readonly k: number;
}

/**
 * A clustering of rows in columns. Labels in memory of this thread alone are copied.
 *
 * @param columns standardised
 */
export function clusteringOf(columns: Columns, labels: Int32Array, k: number): Clustering {
  const { rows, names, data } = columns;
  return {
    source: { kind: 'columns', rows, features: names.length, columns: data, labels: sharedLabels(labels) },
    k,
  };
}

/** Rows per segment. */
export function countRows({ source, k }: Clustering): number[] {
  const sizes = new Int32Array(k);
  for (const labels of labelRuns(source)) for (const label of labels) sizes[label]!++;
  return [...sizes];
}

function sharedLabels(labels: Int32Array): Int32Array<SharedArrayBuffer> {
  if (labels.buffer instanceof SharedArrayBuffer) return labels as Int32Array<SharedArrayBuffer>;
  const shared = sharedInts(labels.length);
  shared.set(labels);
  return shared;
}
