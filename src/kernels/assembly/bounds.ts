/** Shares and widths by which rounding could move a bound; values are normalised to 1. */
const RELATIVE: f64 = 1e-9;
const ABSOLUTE: f64 = 1e-14;

/** Bytes of a group's moments: its mean (d doubles), the mean squared distance to it, and its size. */
function momentsBytes(d: i32): usize {
  return (<usize>(d + 2)) << 3;
}

/** Writes the moments of `count` rows. */
export function momentsOf(d: i32, count: i32, rows: usize, moments: usize): void {
  let spread: f64 = 0;
  for (let j = 0; j < d; j++) {
    const column = rows + ((<usize>j) << 3);
    const end = column + ((<usize>count * <usize>d) << 3);
    let sum: f64 = 0;
    for (let at = column; at < end; at += (<usize>d) << 3) sum += load<f64>(at);
    const mean = sum / count;
    for (let at = column; at < end; at += (<usize>d) << 3)
      spread += (load<f64>(at) - mean) * (load<f64>(at) - mean);
    store<f64>(moments + ((<usize>j) << 3), mean);
  }
  store<f64>(moments + ((<usize>d) << 3), spread / count);
  store<f64>(moments + ((<usize>(d + 1)) << 3), <f64>count);
}

function squareTo(d: i32, x: usize, y: usize): f64 {
  let square: f64 = 0;
  for (let j = 0; j < d; j++, x += 8, y += 8) {
    const gap = load<f64>(x) - load<f64>(y);
    square += gap * gap;
  }
  return square;
}

/**
 * Lists the segments that may have the least mean distance to row x, its own left out, in `slots` (room for `room`), and returns their
 * number, which may exceed the room. The mean distance to rows with mean m and mean squared distance v to m lies between |x - m|
 * and √(|x - m|² + v) (Jensen's inequality, for the norm and for the square); first for whole segments, then, for those left,
 * for their leaves, which `leafRanges` numbers (first and end per segment). `lows` is scratch: k doubles.
 */
export function nearestSegments(
  d: i32,
  k: i32,
  x: usize,
  own: i32,
  segments: usize,
  leafRanges: usize,
  leaves: usize,
  lows: usize,
  room: i32,
  slots: usize,
): i32 {
  let least = f64.POSITIVE_INFINITY;
  let nearest = -1;
  for (let c = 0; c < k; c++) {
    const moments = segments + <usize>c * momentsBytes(d);
    let low = f64.POSITIVE_INFINITY;
    if (c != own && load<f64>(moments + ((<usize>(d + 1)) << 3)) > 0) {
      const square = squareTo(d, x, moments);
      low = below(sqrt(square));
      const high = above(sqrt(square + load<f64>(moments + ((<usize>d) << 3))));
      if (high < least) {
        least = high;
        nearest = c;
      }
    }
    store<f64>(lows + ((<usize>c) << 3), low);
  }
  const count = list(k, lows, least, nearest, room, slots);
  if (count < 2) return count;
  // the likeliest first: its bound is the one that leaves others out
  const likeliest = nearest;
  least = min(least, tighten(d, x, likeliest, segments, leafRanges, leaves, lows));
  for (let c = 0; c < k; c++) {
    if (c == likeliest || load<f64>(lows + ((<usize>c) << 3)) >= least) continue;
    const high = tighten(d, x, c, segments, leafRanges, leaves, lows);
    if (high >= least) continue;
    least = high;
    nearest = c;
  }
  return list(k, lows, least, nearest, room, slots);
}

/** Lists the nearest segment and those whose lower bound is below its upper one. */
function list(k: i32, lows: usize, least: f64, nearest: i32, room: i32, slots: usize): i32 {
  let count = 0;
  for (let c = 0; c < k; c++) {
    if (c != nearest && load<f64>(lows + ((<usize>c) << 3)) >= least) continue;
    if (count < room) store<i32>(slots + ((<usize>count) << 2), c);
    count++;
  }
  return count;
}

/** Bounds a segment's mean distance through its leaves: keeps the lower bound and returns the upper one. */
function tighten(
  d: i32,
  x: usize,
  c: i32,
  segments: usize,
  leafRanges: usize,
  leaves: usize,
  lows: usize,
): f64 {
  const range = leafRanges + ((<usize>c) << 3);
  let both = f64x2.splat(0);
  for (let leaf = load<i32>(range); leaf < load<i32>(range, 4); leaf++) {
    const moments = leaves + <usize>leaf * momentsBytes(d);
    const spread = moments + ((<usize>d) << 3);
    const square = squareTo(d, x, moments);
    const squares = f64x2.replace_lane(f64x2.splat(square), 1, square + load<f64>(spread));
    both = f64x2.add(both, f64x2.mul(f64x2.sqrt(squares), v128.load64_splat(spread, 8)));
  }
  const size = load<f64>(segments + <usize>c * momentsBytes(d) + ((<usize>(d + 1)) << 3));
  store<f64>(lows + ((<usize>c) << 3), below(f64x2.extract_lane(both, 0) / size));
  return above(f64x2.extract_lane(both, 1) / size);
}

function below(value: f64): f64 {
  return value * (1 - RELATIVE) - ABSOLUTE;
}

function above(value: f64): f64 {
  return value * (1 + RELATIVE) + ABSOLUTE;
}
