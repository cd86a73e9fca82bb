import { stepOf } from './dequantise';
import { BLOCK, boxOf, GROUP, quantisedOf } from './layout';

/** Beyond this share of a block's largest distance a point can't be nearer to any of its rows, whatever rounding did. */
const SAFETY: f32 = 1.001;

/** Bytes from feature to feature of a tile: 64 rows as 32-bit floats. */
const STRIDE: usize = 256;

/**
 * Takes a chosen centroid into account: `near` holds, per row, the squared distance to the nearest centroid so far (f32), `most` and
 * `potentials` the largest of a block (f32) and their sum (f64). Blocks that the point can't reach are passed over. Distances are those
 * of quantised values: a hundred-thousandth of a box's width is nothing to a choice by chance. Returns the sum over all rows.
 *
 * Points lie in fours, feature after feature: a vector holds one feature of four points.
 */
export function seedDistances(
  d: i32,
  rows: i32,
  quantised: usize,
  boxes: usize,
  point: usize,
  near: usize,
  most: usize,
  potentials: usize,
  tile: usize,
): f64 {
  let total: f64 = 0;
  for (let first = 0; first < rows; first += BLOCK) {
    if ((within(d, boxes, point, load<f32>(most)) & 1) != 0) {
      fillTile(d, quantised, boxes, tile);
      squares(d, tile, point, tile + <usize>d * STRIDE);
      closer(min(rows - first, BLOCK), tile + <usize>d * STRIDE, near, most, potentials);
    }
    total += load<f64>(potentials);
    quantised += quantisedOf(d);
    boxes += boxOf(d);
    near += 4 * BLOCK;
    most += 4;
    potentials += 8;
  }
  return total;
}

/** Adds to `sums` (f64, one per point) what the potential of these rows would be if that point were chosen. */
export function seedTrials(
  d: i32,
  rows: i32,
  quantised: usize,
  boxes: usize,
  points: usize,
  trials: i32,
  near: usize,
  most: usize,
  potentials: usize,
  sums: usize,
  tile: usize,
): void {
  const four = (<usize>d) << 4;
  for (let first = 0; first < rows; first += BLOCK) {
    const valid = min(rows - first, BLOCK);
    const before = load<f64>(potentials);
    let ready = false;
    for (let trial = 0; trial < trials; trial++) {
      const quad = points + <usize>(trial >> 2) * four;
      const sum = sums + ((<usize>trial) << 3);
      if ((trial & 3) == 0) reached = within(d, boxes, quad, load<f32>(most));
      if (((reached >> (trial & 3)) & 1) == 0) {
        store<f64>(sum, load<f64>(sum) + before);
        continue;
      }
      if (!ready) fillTile(d, quantised, boxes, tile);
      ready = true;
      squares(d, tile, quad + ((<usize>(trial & 3)) << 2), tile + <usize>d * STRIDE);
      const potential = potentialOf(valid, tile + <usize>d * STRIDE, near);
      store<f64>(sum, load<f64>(sum) + <f64>potential);
    }
    quantised += quantisedOf(d);
    boxes += boxOf(d);
    near += 4 * BLOCK;
    most += 4;
    potentials += 8;
  }
}

/** Which of four points may be nearer to a row of the block than the nearest centroid so far, as bits. */
let reached: i32 = 0;

function within(d: i32, box: usize, points: usize, most: f32): i32 {
  const half = (<usize>d) << 2;
  let square = f32x4.splat(0);
  for (const end = box + half; box < end; box += 4, points += 16) {
    const apart = f32x4.abs(f32x4.sub(v128.load(points), v128.load32_splat(box)));
    const gap = f32x4.pmax(f32x4.splat(0), f32x4.sub(apart, v128.load32_splat(box + half)));
    square = f32x4.add(square, f32x4.mul(gap, gap));
  }
  return i32x4.bitmask(f32x4.lt(square, f32x4.splat(most * SAFETY)));
}

/** A block's rows as 32-bit floats. */
function fillTile(d: i32, quantised: usize, box: usize, tile: usize): void {
  const half = (<usize>d) << 2;
  for (const last = box + half; box < last; box += 4, quantised += 2 * GROUP) {
    const width = load<f32>(box + half);
    const low = f32x4.splat(load<f32>(box) - width);
    const step = f32x4.splat(stepOf(width));
    let from = quantised;
    for (const end = tile + STRIDE; tile < end; tile += 64, from += half << 3) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      v128.store(tile, f32x4.add(low, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(a)), step)));
      v128.store(
        tile,
        f32x4.add(low, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(a)), step)),
        16,
      );
      v128.store(
        tile,
        f32x4.add(low, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(b)), step)),
        32,
      );
      v128.store(
        tile,
        f32x4.add(low, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(b)), step)),
        48,
      );
    }
  }
}

/** Squared distances of a tile's 64 rows to a point. */
function squares(d: i32, tile: usize, point: usize, out: usize): void {
  if (d == 5) {
    const p0 = v128.load32_splat(point);
    const p1 = v128.load32_splat(point, 16);
    const p2 = v128.load32_splat(point, 32);
    const p3 = v128.load32_splat(point, 48);
    const p4 = v128.load32_splat(point, 64);
    for (const end = tile + STRIDE; tile < end; tile += 16, out += 16) {
      const a = f32x4.sub(v128.load(tile), p0);
      const b = f32x4.sub(v128.load(tile, 256), p1);
      const c = f32x4.sub(v128.load(tile, 512), p2);
      const e = f32x4.sub(v128.load(tile, 768), p3);
      const f = f32x4.sub(v128.load(tile, 1024), p4);
      const ab = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b));
      const ce = f32x4.add(f32x4.mul(c, c), f32x4.mul(e, e));
      v128.store(out, f32x4.add(f32x4.add(ab, ce), f32x4.mul(f, f)));
    }
    return;
  }
  for (const end = tile + STRIDE; tile < end; tile += 16, out += 16) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < <usize>d; j++) {
      const gap = f32x4.sub(v128.load(tile + (j << 8)), v128.load32_splat(point + (j << 4)));
      sum = f32x4.add(sum, f32x4.mul(gap, gap));
    }
    v128.store(out, sum);
  }
}

/** Rows that fill up the last block repeat its last row: they lie within the vectors, but count for nothing. */
function closer(valid: i32, found: usize, near: usize, most: usize, potential: usize): void {
  const limit = f32x4.splat(f32.MAX_VALUE / 1024); // a block's sum stays finite
  let sum = f32x4.splat(0);
  let peak = f32x4.splat(0);
  for (let row = 0; row < valid; row += 4) {
    const at = (<usize>row) << 2;
    const least = f32x4.pmin(f32x4.pmin(limit, v128.load(near + at)), v128.load(found + at));
    v128.store(near + at, least);
    const counted = valid - row < 4 ? v128.and(least, lanesBelow(valid - row)) : least;
    peak = f32x4.pmax(peak, counted);
    sum = f32x4.add(sum, counted);
  }
  store<f32>(
    most,
    max(
      max(f32x4.extract_lane(peak, 0), f32x4.extract_lane(peak, 1)),
      max(f32x4.extract_lane(peak, 2), f32x4.extract_lane(peak, 3)),
    ),
  );
  store<f64>(potential, <f64>sumOf(sum));
}

function potentialOf(valid: i32, found: usize, near: usize): f32 {
  let sum = f32x4.splat(0);
  for (let row = 0; row < valid; row += 4) {
    const at = (<usize>row) << 2;
    const least = f32x4.pmin(v128.load(near + at), v128.load(found + at));
    sum = f32x4.add(sum, valid - row < 4 ? v128.and(least, lanesBelow(valid - row)) : least);
  }
  return sumOf(sum);
}

function lanesBelow(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}
