/**
 * Moments of every column of a tile about its own mean, in two passes, from differences to `origin` (f64 per feature), so that nothing
 * cancels far from zero. Writes six doubles per feature: mean of the differences, sums of the second, third and fourth powers about
 * that mean, least and largest value. Not finite where a value isn't.
 */
export function moments(d: i32, rows: i32, columns: usize, stride: usize, origin: usize, out: usize): void {
  for (let j = 0; j < d; j++) {
    momentsOf(rows, columns, load<f64>(origin + ((<usize>j) << 3)), out);
    columns += stride;
    out += 48;
  }
}

function momentsOf(rows: i32, column: usize, origin: f64, out: usize): void {
  const pairs = column + ((<usize>(rows & ~1)) << 3);
  const odd = (rows & 1) != 0;
  const from = f64x2.splat(origin);
  let sum = f64x2.splat(0);
  let least = v128.load64_splat(column);
  let most = least;
  for (let at = column; at < pairs; at += 16) {
    const x = v128.load(at);
    sum = f64x2.add(sum, f64x2.sub(x, from));
    least = f64x2.pmin(least, x);
    most = f64x2.pmax(most, x);
  }
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  let low = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  let high = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (odd) {
    const x = load<f64>(pairs);
    total += x - origin;
    low = min(low, x);
    high = max(high, x);
  }
  const mean = total / <f64>rows;

  const middle = f64x2.splat(mean);
  let rest = f64x2.splat(0);
  let second = rest;
  let third = rest;
  let fourth = rest;
  for (let at = column; at < pairs; at += 16) {
    const gap = f64x2.sub(f64x2.sub(v128.load(at), from), middle);
    const square = f64x2.mul(gap, gap);
    rest = f64x2.add(rest, gap);
    second = f64x2.add(second, square);
    third = f64x2.add(third, f64x2.mul(square, gap));
    fourth = f64x2.add(fourth, f64x2.mul(square, square));
  }
  const gap = odd ? load<f64>(pairs) - origin - mean : 0;
  const square = gap * gap;
  const left = f64x2.extract_lane(rest, 0) + f64x2.extract_lane(rest, 1) + gap;
  const squares = f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1) + square;
  // the mean's own rounding (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983, eq. 1.7)
  store<f64>(out, mean + left / <f64>rows);
  store<f64>(out, squares - (left * left) / <f64>rows, 8);
  store<f64>(out, f64x2.extract_lane(third, 0) + f64x2.extract_lane(third, 1) + square * gap, 16);
  store<f64>(out, f64x2.extract_lane(fourth, 0) + f64x2.extract_lane(fourth, 1) + square * square, 24);
  store<f64>(out, low, 32);
  store<f64>(out, high, 40);
}
