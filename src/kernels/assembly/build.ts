import { stepOf } from './dequantise';
import { BLOCK, boxOf, GROUP, quantisedOf, STEPS, valuesOf } from './layout';
import { ROUNDER } from './steps';

/** Half the width of the grid, in standard deviations; what lies beyond falls into its outer cells. */
const GRID: f64 = 3.5;

/** Bytes of a feature's entry in the table of `cells`: origin and unit twice, the bits' copies and places four times. */
const ENTRY: usize = 64;

/**
 * The cell of a grid over the first `d` features in which each row lies, numbered along a Z-order curve (Morton, 1966), so that
 * neighbouring numbers are neighbouring cells; counts the rows of each cell. Writes whole vectors of four keys. `table` is scratch:
 * 64 bytes a feature and as many more.
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
  table: usize,
): void {
  const perSd = <f64>(1 << bits) / (2 * GRID);
  let copies: i32 = 0;
  let digits: i32 = 0;
  for (let bit = 0; bit < bits; bit++) {
    copies |= 1 << (bit * (d - 1));
    digits |= 1 << (bit * d);
  }
  // in memory, as V8 would compute them again in every turn of a loop
  v128.store(table, f32x4.splat(<f32>((1 << bits) - 1)));
  v128.store(table, f32x4.splat(<f32>(GRID * perSd)), 16);
  const entries = table + ENTRY;
  for (let j = 0; j < d; j++) {
    const entry = entries + <usize>j * ENTRY;
    v128.store(entry, v128.load64_splat(mean + ((<usize>j) << 3)));
    v128.store(entry, f64x2.splat(load<f64>(scale + ((<usize>j) << 3)) * perSd), 16);
    v128.store(entry, i32x4.splat(copies << j), 32);
    v128.store(entry, i32x4.splat(digits << j), 48);
  }
  const behind = entries + <usize>d * ENTRY;
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row += 4) {
    let key = i32x4.splat(0);
    let at = columns + ((<usize>row) << 3);
    for (let entry = entries; entry < behind; entry += ENTRY, at += stride) {
      const origin = v128.load(entry);
      const unit = v128.load(entry, 16);
      const a = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(at), origin), unit));
      const b = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(at, 16), origin), unit));
      const place = f32x4.add(v128.shuffle<i64>(a, b, 0, 2), v128.load(table, 16));
      const cell = i32x4.trunc_sat_f32x4_s(f32x4.pmin(f32x4.pmax(place, zero), v128.load(table)));
      key = v128.or(
        key,
        bits < d
          ? spreadAtOnce(cell, v128.load(entry, 32), v128.load(entry, 48))
          : i32x4.shl(spreadByBit(cell, bits, d), <i32>((entry - entries) / ENTRY)),
      );
    }
    const to = keys + ((<usize>row) << 2);
    v128.store(to, key);
    if (rows - row >= 4) {
      count(histogram, load<u32>(to));
      count(histogram, load<u32>(to, 4));
      count(histogram, load<u32>(to, 8));
      count(histogram, load<u32>(to, 12));
    } else {
      for (let i: usize = 0; i < <usize>(rows - row); i++) count(histogram, load<u32>(to + (i << 2)));
    }
  }
}

function count(histogram: usize, cell: u32): void {
  const at = histogram + ((<usize>cell) << 2);
  store<u32>(at, load<u32>(at) + 1);
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
  for (let row = values; row < end; row += width << 1) {
    const z = f64x2.mul(f64x2.sub(v128.load(row), origin), unit);
    const y = f64x2.mul(f64x2.sub(v128.load(row + width), origin), unit);
    least = f64x2.pmin(f64x2.pmin(least, z), y);
    most = f64x2.pmax(f64x2.pmax(most, z), y);
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
  const rounder = f64x2.splat(ROUNDER);
  const group = (<usize>d) << 5;
  let out = quantised + ((<usize>j) << 5);
  for (let row = values; row < end; out += group) {
    for (let byte: usize = 0; byte < 2 * GROUP; byte += 8) {
      const p = stepsOf(row, origin, unit, bottom, perStep, rounder);
      row += width;
      const q = stepsOf(row, origin, unit, bottom, perStep, rounder);
      row += width;
      const r = stepsOf(row, origin, unit, bottom, perStep, rounder);
      row += width;
      const s = stepsOf(row, origin, unit, bottom, perStep, rounder);
      row += width;
      // the bottom is rounded to 32 bits: far from zero a row may lie a little beyond a narrow box, which is why these are cut off
      const pq = v128.shuffle<i32>(p, q, 0, 2, 4, 6);
      const rs = v128.shuffle<i32>(r, s, 0, 2, 4, 6);
      const even = v128.shuffle<i32>(pq, rs, 0, 2, 4, 6);
      v128.store64_lane(out + byte, i16x8.narrow_i32x4_u(even, even), 0);
      if (!both) continue;
      const odd = v128.shuffle<i32>(pq, rs, 1, 3, 5, 7);
      v128.store64_lane(out + byte, i16x8.narrow_i32x4_u(odd, odd), 0, 2 * GROUP);
    }
  }
}

/** How many steps two features of a row are above their bottoms, in the low bits of two doubles. */
function stepsOf(row: usize, origin: v128, unit: v128, bottom: v128, perStep: v128, rounder: v128): v128 {
  const z = f64x2.mul(f64x2.sub(v128.load(row), origin), unit);
  return f64x2.add(f64x2.mul(f64x2.sub(z, bottom), perStep), rounder);
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
