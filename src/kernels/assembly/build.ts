import { stepOf } from './dequantise';
import { BLOCK, boxOf, GROUP, quantisedOf, STEPS, valuesOf } from './layout';

/** Half the width of the grid, in standard deviations; what lies beyond falls into its outer cells. */
const GRID: f64 = 3.5;

/**
 * The cell of a grid over the first `d` features in which each row lies, numbered along a Z-order curve (Morton, 1966), so that
 * neighbouring numbers are neighbouring cells; counts the rows of each cell. Writes whole vectors of four keys.
 */
export function cells(
  d: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  mean: usize,
  scale: usize,
  bits: i32,
  keys: usize,
  histogram: usize,
): void {
  const last = f32x4.splat(<f32>((1 << bits) - 1));
  const zero = f32x4.splat(0);
  const perSd = <f64>(1 << bits) / (2 * GRID);
  let copy: i32 = 0;
  let digit: i32 = 0;
  for (let bit = 0; bit < bits; bit++) {
    copy |= 1 << (bit * (d - 1));
    digit |= 1 << (bit * d);
  }
  const copies = i32x4.splat(copy);
  const digits = i32x4.splat(digit);
  for (let row = 0; row < rows; row += 4) {
    let key = i32x4.splat(0);
    let at = columns + ((<usize>row) << 3);
    for (let j = 0; j < d; j++) {
      const origin = v128.load64_splat(mean + ((<usize>j) << 3));
      const unit = f64x2.splat(load<f64>(scale + ((<usize>j) << 3)) * perSd);
      const a = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(at), origin), unit));
      const b = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(at, 16), origin), unit));
      const place = f32x4.add(v128.shuffle<i64>(a, b, 0, 2), f32x4.splat(<f32>(GRID * perSd)));
      const cell = i32x4.trunc_sat_f32x4_s(f32x4.pmin(f32x4.pmax(place, zero), last));
      const spread = bits < d ? spreadAtOnce(cell, copies, digits) : spreadByBit(cell, bits, d);
      key = v128.or(key, i32x4.shl(spread, j));
      at += stride;
    }
    v128.store(keys + ((<usize>row) << 2), key);
    for (let i = row; i < min(row + 4, rows); i++) {
      const count = histogram + ((<usize>load<u32>(keys + ((<usize>i) << 2))) << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
  }
}

/** Bits `d` places apart: as many shifted copies as there are bits don't overlap, and each lends one of its bits. */
function spreadAtOnce(cell: v128, copies: v128, digits: v128): v128 {
  return v128.and(i32x4.mul(cell, copies), digits);
}

function spreadByBit(cell: v128, bits: i32, d: i32): v128 {
  let spread = i32x4.splat(0);
  for (let bit = 0; bit < bits; bit++) {
    const digit = v128.and(i32x4.shr_u(cell, bit), i32x4.splat(1));
    spread = v128.or(spread, i32x4.shl(digit, bit * d));
  }
  return spread;
}

/** Turns the histograms of `ranks` threads into the place where each thread's next row of each cell belongs. */
export function placeCells(cellCount: i32, ranks: i32, histograms: usize): void {
  let next: u32 = 0;
  const bytes = (<usize>cellCount) << 2;
  for (let cell: usize = 0; cell < bytes; cell += 4) {
    for (let rank: usize = 0; rank < <usize>ranks; rank++) {
      const at = histograms + rank * bytes + cell;
      const count = load<u32>(at);
      store<u32>(at, next);
      next += count;
    }
  }
}

/** Replaces each row's cell by its place. */
export function places(rows: i32, keys: usize, next: usize): void {
  for (let i = 0; i < rows; i++) {
    const at = keys + ((<usize>i) << 2);
    const cell = next + ((<usize>load<u32>(at)) << 2);
    const place = load<u32>(cell);
    store<u32>(cell, place + 1);
    store<u32>(at, place);
  }
}

/** Writes rows to their places among the blocks, where these are at least `first` and below `end`. */
export function scatter(
  d: i32,
  rows: i32,
  columns: usize,
  stride: usize,
  keys: usize,
  first: u32,
  end: u32,
  values: usize,
): void {
  const width = (<usize>d) << 3;
  for (let row = 0; row < rows; row++) {
    const place = load<u32>(keys + ((<usize>row) << 2));
    if (place < first || place >= end) continue;
    let to = values + <usize>(place - first) * width;
    let from = columns + ((<usize>row) << 3);
    for (const last = to + width; to < last; to += 8, from += stride) store<f64>(to, load<f64>(from));
  }
}

/** Finds each block's box and quantises its values within it. Rows that fill up the last block repeat its last row. */
export function quantise(
  d: i32,
  rows: i32,
  values: usize,
  mean: usize,
  scale: usize,
  boxes: usize,
  quantised: usize,
): void {
  const width = (<usize>d) << 3;
  for (let first = 0; first < rows; first += BLOCK) {
    for (let row = rows - first; row < BLOCK; row++) {
      const to = values + <usize>row * width;
      memory.copy(to, to - width, width);
    }
    for (let j = 0; j < d; j += 2) {
      quantisePair(d, j, j + 1 < d, values + ((<usize>j) << 3), mean, scale, boxes, quantised);
    }
    values += valuesOf(d);
    boxes += boxOf(d);
    quantised += quantisedOf(d);
  }
}

/** Features j and, where there is one, j + 1 of a block: two lanes. */
function quantisePair(
  d: i32,
  j: i32,
  both: bool,
  values: usize,
  mean: usize,
  scale: usize,
  box: usize,
  quantised: usize,
): void {
  const width = (<usize>d) << 3;
  const origin = v128.load(mean + ((<usize>j) << 3));
  const unit = v128.load(scale + ((<usize>j) << 3));
  const end = values + (width << 6);
  let least = f64x2.splat(f64.POSITIVE_INFINITY);
  let most = f64x2.splat(f64.NEGATIVE_INFINITY);
  for (let row = values; row < end; row += width) {
    const z = f64x2.mul(f64x2.sub(v128.load(row), origin), unit);
    least = f64x2.pmin(least, z);
    most = f64x2.pmax(most, z);
  }
  let bottom = f64x2.splat(0);
  let perStep = f64x2.splat(0);
  const a = bound(d, j, f64x2.extract_lane(least, 0), f64x2.extract_lane(most, 0), box);
  bottom = f64x2.replace_lane(bottom, 0, <f64>lowest);
  perStep = f64x2.replace_lane(perStep, 0, a);
  if (both) {
    const b = bound(d, j + 1, f64x2.extract_lane(least, 1), f64x2.extract_lane(most, 1), box);
    bottom = f64x2.replace_lane(bottom, 1, <f64>lowest);
    perStep = f64x2.replace_lane(perStep, 1, b);
  }
  const half = f64x2.splat(0.5);
  const first = f64x2.splat(0);
  const last = f64x2.splat(<f64>STEPS);
  const group = (<usize>d) << 5;
  let out = quantised + ((<usize>j) << 5);
  for (let row = values; row < end; out += group) {
    for (let byte: usize = 0; byte < 2 * GROUP; byte += 2, row += width) {
      const z = f64x2.mul(f64x2.sub(v128.load(row), origin), unit);
      const place = f64x2.add(f64x2.mul(f64x2.sub(z, bottom), perStep), half);
      // the bottom is rounded to 32 bits: far from zero a row may lie a little beyond a narrow box
      const steps = i32x4.trunc_sat_f64x2_s_zero(f64x2.pmin(f64x2.pmax(place, first), last));
      v128.store16_lane(out + byte, steps, 0);
      if (both) v128.store16_lane(out + byte, steps, 2, 2 * GROUP);
    }
  }
}

/** Low end of the box found last. */
let lowest: f32 = 0;

/** Writes centre and half width of one feature's box, wide enough for rounding; returns steps per unit. */
function bound(d: i32, j: i32, low: f64, high: f64, box: usize): f64 {
  const middle = <f32>(0.5 * low + 0.5 * high);
  const half = <f32>(
    (max(high - <f64>middle, <f64>middle - low) * 1.000001 + 1e-14 * max(abs(low), abs(high)))
  );
  store<f32>(box + ((<usize>j) << 2), middle);
  store<f32>(box + ((<usize>(d + j)) << 2), half);
  lowest = middle - half;
  const step = <f64>stepOf(half);
  return step > 0 ? 1 / step : 0;
}
