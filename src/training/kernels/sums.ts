import { packedWidth, UNROLLED } from './packed.js';

/** Sums over the rows of each segment, per block of rows; the caller adds the blocks up in order. */
export interface SumArgs {
  readonly columns: readonly Float64Array[];
  readonly labels: Int32Array;
  readonly k: number;
  /** Out, blocks × k: rows. */
  readonly counts: Int32Array;
  /** Out, blocks × k × width of a packed row: sums of the features; what lies in the padding means nothing. */
  readonly sums: Float64Array;
}

/** Counts and sums of the segments over rows [from, to). */
export function sumBlock(args: SumArgs, from: number, to: number, block: number): void {
  const { columns, labels, k, counts, sums } = args;
  const width = packedWidth(columns.length);
  const count = counts.subarray(block * k, (block + 1) * k).fill(0);
  for (let i = from; i < to; i++) count[labels[i]!]!++;
  const sum = sums.subarray(block * k * width, (block + 1) * k * width).fill(0);
  if (width === UNROLLED) sumUnrolled(columns, labels, from, to, sum);
  else sumByColumn(columns, labels, width, from, to, sum);
}

/** One pass over the labels for all features: more than twice as fast as a pass for each. */
function sumUnrolled(
  columns: readonly Float64Array[],
  labels: Int32Array,
  from: number,
  to: number,
  sum: Float64Array,
): void {
  const a = columns[0]!;
  const b = columns[1] ?? a; // fewer than five features: the first again, into the padding
  const c = columns[2] ?? a;
  const d = columns[3] ?? a;
  const e = columns[4] ?? a;
  for (let i = from; i < to; i++) {
    const at = labels[i]! * UNROLLED;
    sum[at]! += a[i]!;
    sum[at + 1]! += b[i]!;
    sum[at + 2]! += c[i]!;
    sum[at + 3]! += d[i]!;
    sum[at + 4]! += e[i]!;
  }
}

function sumByColumn(
  columns: readonly Float64Array[],
  labels: Int32Array,
  width: number,
  from: number,
  to: number,
  sum: Float64Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]!;
    for (let i = from; i < to; i++) sum[labels[i]! * width + j]! += column[i]!;
  }
}
