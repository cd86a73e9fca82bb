/**
 * Adds the Silhouettes of rows that lie column by column to the sums of their segments, where a row's distance to segment c is
 * |x - centre_c|² + spread_c, times own_c for its own segment, or the root of that. Rows of segments with own_c = 0 score 0. The columns
 * have room for an even number of rows.
 */
export function centreScores(
  d: i32,
  k: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  labels: usize,
  centres: usize,
  spread: usize,
  own: usize,
  root: bool,
  sums: usize,
): void {
  for (let row = 0; row < rows; row += 2, columns += 16, labels += 8) {
    const mine = v128.load32x2_s(labels);
    let within = f64x2.splat(0);
    let between = f64x2.splat(f64.POSITIVE_INFINITY);
    let centre = centres;
    for (let c = 0; c < k; c++) {
      let distance = v128.load64_splat(spread + ((<usize>c) << 3));
      for (let at = columns, j = 0; j < d; j++, at += stride, centre += 8) {
        const gap = f64x2.sub(v128.load(at), v128.load64_splat(centre));
        distance = f64x2.add(distance, f64x2.mul(gap, gap));
      }
      const here = i64x2.eq(mine, i64x2.splat(c));
      within = v128.bitselect(distance, within, here);
      between = f64x2.pmin(between, v128.bitselect(between, distance, here));
    }
    for (let lane = 0; lane < min(2, rows - row); lane++) {
      const label = <usize>load<i32>(labels + ((<usize>lane) << 2));
      const share = load<f64>(own + (label << 3));
      if (share == 0) continue;
      let a = share * (lane == 0 ? f64x2.extract_lane(within, 0) : f64x2.extract_lane(within, 1));
      let b = lane == 0 ? f64x2.extract_lane(between, 0) : f64x2.extract_lane(between, 1);
      if (root) {
        a = sqrt(a);
        b = sqrt(b);
      }
      const larger = max(a, b);
      if (!(larger > 0)) continue;
      const at = sums + (label << 3);
      store<f64>(at, load<f64>(at) + (b - a) / larger);
    }
  }
}
