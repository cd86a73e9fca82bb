/** Rows of a block at most. */
export const BLOCK_ROWS = 256;

/** Rows in an order in which those of a block lie near each other. */
export interface BlockOrder {
  /** `rows[i]` is the row that comes to place i. */
  readonly rows: Uint32Array;
  /** First place of each block, and the end. A block holds tracks of one segment only. */
  readonly blockRows: Uint32Array;
  /** First block of each segment, and the end. */
  readonly segmentBlocks: Uint32Array;
}

/**
 * Orders rows by segment, and within one by a k-d tree (Bentley, 1975): halved at the median of the feature that spreads most, until at
 * most BLOCK_ROWS are left. All but the last block of a segment are full. The order depends on the values and rows alone.
 *
 * @param z one standardised column per feature
 * @param segments segment of each row, below k
 */
export function orderInBlocks(z: readonly Float64Array[], segments: Uint16Array, k: number): BlockOrder {
  const starts = new Uint32Array(k + 1);
  for (const segment of segments) starts[segment + 1]! += 1;
  for (let c = 0; c < k; c += 1) starts[c + 1]! += starts[c]!;
  const rows = new Uint32Array(segments.length);
  const next = starts.slice();
  segments.forEach((segment, row) => {
    rows[next[segment]!] = row;
    next[segment]! += 1;
  });

  const blockRows: number[] = [];
  const segmentBlocks = new Uint32Array(k + 1);
  for (let c = 0; c < k; c += 1) {
    split(z, rows, starts[c]!, starts[c + 1]!, blockRows);
    segmentBlocks[c + 1] = blockRows.length;
  }
  blockRows.push(rows.length);
  return { rows, blockRows: Uint32Array.from(blockRows), segmentBlocks };
}

function split(
  z: readonly Float64Array[],
  rows: Uint32Array,
  from: number,
  to: number,
  blockRows: number[],
): void {
  const count = to - from;
  if (count <= BLOCK_ROWS) {
    if (count > 0) blockRows.push(from);
    rows.subarray(from, to).sort();
    return;
  }
  const column = widest(z, rows, from, to);
  const middle = from + BLOCK_ROWS * Math.ceil(count / 2 / BLOCK_ROWS);
  select(column, rows, from, to - 1, middle);
  split(z, rows, from, middle, blockRows);
  split(z, rows, middle, to, blockRows);
}

function widest(z: readonly Float64Array[], rows: Uint32Array, from: number, to: number): Float64Array {
  let best = z[0]!;
  let most = -1;
  for (const column of z) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = from; i < to; i += 1) {
      const value = column[rows[i]!]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > most) {
      most = high - low;
      best = column;
    }
  }
  return best;
}

/** Hoare's selection: afterwards all before `middle` come before all from it on, by value and then by row. */
function select(column: Float64Array, rows: Uint32Array, from: number, to: number, middle: number): void {
  const before = (a: number, b: number): boolean =>
    column[a]! < column[b]! || (column[a] === column[b] && a < b);
  let [low, high] = [from, to];
  while (low < high) {
    const pivot = rows[(low + high) >>> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (before(rows[i]!, pivot)) i += 1;
      while (before(pivot, rows[j]!)) j -= 1;
      if (i > j) break;
      const swapped = rows[i]!;
      rows[i] = rows[j]!;
      rows[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
