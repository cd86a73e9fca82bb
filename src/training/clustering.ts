import type { Columns } from '../core/columns.js';
import type { Labels } from '../kernels/labels.js';
import { labelRuns, type RowSource } from '../kernels/row-source.js';
import { sharedInts } from './shared.js';

/** Rows with their segments. */
export interface Clustering {
  readonly source: RowSource;
  /** Labels are 0 to k - 1. */
  readonly k: number;
}

type AnyLabels = Int32Array | Labels;

/**
 * A clustering of rows in columns. Labels of other kinds than 32 bits, and in memory of this thread alone, are copied.
 *
 * @param columns standardised
 */
export function clusteringOf(columns: Columns, labels: AnyLabels, k: number): Clustering {
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

function sharedLabels(labels: AnyLabels): Int32Array<SharedArrayBuffer> {
  if (labels instanceof Int32Array && labels.buffer instanceof SharedArrayBuffer)
    return labels as Int32Array<SharedArrayBuffer>;
  const shared = sharedInts(labels.length);
  shared.set(labels);
  return shared;
}
