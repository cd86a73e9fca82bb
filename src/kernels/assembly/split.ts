/** Rows of a leaf at most. */
const LEAF: i32 = 256;

/**
 * Splits listed rows at the median of their widest feature until no part has more than 256 rows (Bentley, "Multidimensional binary
 * search trees used for associative searching", 1975): orders the list so that the parts lie one after another, writes where each
 * ends to `ends`, and returns the address behind the last of these.
 */
export function split(d: i32, rows: usize, list: usize, first: i32, end: i32, ends: usize): usize {
  const widest = end - first > LEAF ? widestFeature(d, rows, list, first, end) : -1;
  if (widest < 0) {
    store<i32>(ends, end);
    return ends + 4;
  }
  const middle = (first + end) >>> 1;
  select(d, rows + ((<usize>widest) << 3), list, first, end - 1, middle);
  return split(d, rows, list, middle, end, split(d, rows, list, first, middle, ends));
}

/** -1 where all rows are the same. */
function widestFeature(d: i32, rows: usize, list: usize, first: i32, end: i32): i32 {
  let widest = -1;
  let most: f64 = 0;
  for (let j = 0; j < d; j++) {
    let low = f64.POSITIVE_INFINITY;
    let high = f64.NEGATIVE_INFINITY;
    for (let i = first; i < end; i++) {
      const value = key(d, rows + ((<usize>j) << 3), list, i);
      low = min(low, value);
      high = max(high, value);
    }
    if (high - low > most) {
      most = high - low;
      widest = j;
    }
  }
  return widest;
}

/** Hoare's quickselect: puts the row of that rank in its place, none greater before it, none less behind. */
function select(d: i32, column: usize, list: usize, first: i32, last: i32, rank: i32): void {
  while (first < last) {
    const pivot = key(d, column, list, (first + last) >>> 1);
    let i = first;
    let j = last;
    while (i <= j) {
      while (key(d, column, list, i) < pivot) i++;
      while (pivot < key(d, column, list, j)) j--;
      if (i > j) break;
      const a = list + ((<usize>i) << 2);
      const b = list + ((<usize>j) << 2);
      const row = load<i32>(a);
      store<i32>(a, load<i32>(b));
      store<i32>(b, row);
      i++;
      j--;
    }
    if (rank <= j) last = j;
    else if (rank >= i) first = i;
    else return;
  }
}

function key(d: i32, column: usize, list: usize, i: i32): f64 {
  return load<f64>(column + ((<usize>load<i32>(list + ((<usize>i) << 2)) * <usize>d) << 3));
}
