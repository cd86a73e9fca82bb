/** Adds rows that lie column by column, `stride` bytes a column, to the counts (f64) and sums of their segments: k × (1 + d). */
export function segmentSums(
  d: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  labels: usize,
  sums: usize,
): void {
  const width = (<usize>(d + 1)) << 3;
  for (let row = 0; row < rows; row++) {
    let at = sums + <usize>load<i32>(labels + ((<usize>row) << 2)) * width;
    let value = columns + ((<usize>row) << 3);
    store<f64>(at, load<f64>(at) + 1);
    for (let j = 0; j < d; j++, value += stride) {
      at += 8;
      store<f64>(at, load<f64>(at) + load<f64>(value));
    }
  }
}

/** Adds the squared distance of every row to the centre of its segment (k × d) to that segment's sum. */
export function segmentSpread(
  d: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  labels: usize,
  centres: usize,
  sums: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const label = <usize>load<i32>(labels + ((<usize>row) << 2));
    let centre = centres + ((label * <usize>d) << 3);
    let value = columns + ((<usize>row) << 3);
    let square: f64 = 0;
    for (let j = 0; j < d; j++, value += stride, centre += 8) {
      const gap = load<f64>(value) - load<f64>(centre);
      square += gap * gap;
    }
    const at = sums + (label << 3);
    store<f64>(at, load<f64>(at) + square);
  }
}

/** Widens the ranges of the features (low and high, d doubles each) to rows that lie column by column. */
export function widenRanges(
  d: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  lows: usize,
  highs: usize,
): void {
  for (let j = 0; j < d; j++, columns += stride, lows += 8, highs += 8) {
    let low = v128.load64_splat(lows);
    let high = v128.load64_splat(highs);
    for (let row = 0; row < (rows & ~1); row += 2) {
      const both = v128.load(columns + ((<usize>row) << 3));
      low = f64x2.pmin(low, both);
      high = f64x2.pmax(high, both);
    }
    const last = load<f64>(columns + ((<usize>(rows - 1)) << 3));
    store<f64>(lows, min(last, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1))));
    store<f64>(highs, max(last, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1))));
  }
}
