/**
 * Rows packed one after the other, each `width` doubles long. Kernels that compare a row with many points work on packed rows: one
 * array, read in order. Rows of fewer than five features are filled up with zeros, which add nothing to a distance, so that the common
 * case (five features) and every smaller one share the unrolled loops.
 */
export const UNROLLED = 5;

/** Rows that a kernel packs at a time: small enough for the first-level cache. */
export const TILE = 512;

/** Doubles per packed row of `features` features. */
export function packedWidth(features: number): number {
  return Math.max(features, UNROLLED);
}

/** Packs rows [from, from + count) of columns into `packed`, whose padding must be zero already. */
export function packRange(
  columns: readonly Float64Array[],
  from: number,
  count: number,
  width: number,
  packed: Float64Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]!;
    for (let i = 0, p = j; i < count; i++, p += width) packed[p] = column[from + i]!;
  }
}

/** Packs the listed rows of columns into `packed`, whose padding must be zero already. */
export function packListed(
  columns: readonly Float64Array[],
  rows: Int32Array,
  count: number,
  width: number,
  packed: Float64Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j]!;
    for (let i = 0, p = j; i < count; i++, p += width) packed[p] = column[rows[i]!]!;
  }
}

/** Squared Euclidean distance between the point at `p` of `a` and the point at `q` of `b`, both `width` long. */
export function squaredDistance(
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
  width: number,
): number {
  let sum = 0;
  for (let j = 0; j < width; j++) {
    const gap = a[p + j]! - b[q + j]!;
    sum += gap * gap;
  }
  return sum;
}
