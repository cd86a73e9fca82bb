import { BLOCK } from './layout';

/**
 * Coordinates of rows, z = (x - mean) / sd, as whole numbers of steps in 16 bits, which is what an instruction takes that multiplies eight
 * pairs and adds each two products.
 */

/** 1.5 × 2^52, and its bits: a double of that size ends with the units, so that adding it rounds, and leaves whole numbers in the low bits. */
const UNITS: i64 = 0x4338000000000000;
export const ROUNDER: f64 = 6755399441055744;

/** Means so many steps away lose too much to rounding. */
const FARTHEST: f64 = 4398046511104;

/** Steps reach from -32,768 to 32,767. */
export const MOST_STEPS: f64 = 32767;

/** Bytes from one pair of features to the next: 64 rows, two steps each. */
export const PAIR_STRIDE: usize = 4 * BLOCK;

/**
 * Bytes of a pair of features in the table of `prepareSteps`: what a value is multiplied by and what is added, which rounds it to steps
 * above the least one and takes it to the doubles that end with the units, each twice; then constants. All in memory, as V8 would
 * compute them again in every turn of a loop.
 */
export const PLACES: usize = 96;

/** Steps per unit of z. */
export let perUnit: f64 = 0;

/** Sets the steps per unit and writes the table; false where a mean is too far away. */
export function prepareSteps(d: i32, steps: f64, mean: usize, scale: usize, table: usize): bool {
  perUnit = steps;
  for (let j = 0; j < d; j++, mean += 8, scale += 8) {
    const times = load<f64>(scale) * perUnit;
    const middle = load<f64>(mean) * times;
    if (!(abs(middle) < FARTHEST)) return false;
    const entry = table + <usize>(j >> 1) * PLACES;
    const at = entry + ((<usize>(j & 1)) << 5);
    v128.store(at, f64x2.splat(times));
    v128.store(at, f64x2.splat(ROUNDER + 32768 - nearest(middle)), 16);
    v128.store(entry, i64x2.splat(UNITS), 64);
    v128.store(entry, i16x8.splat(-32768), 80);
  }
  return true;
}

/** Where zero steps lie: a mean that is no whole number of steps is off by the rest. */
export function originOf(mean: usize, scale: usize): f64 {
  const steps = load<f64>(mean) * (load<f64>(scale) * perUnit);
  return (nearest(steps) - steps) / perUnit;
}

/** What is above the whole numbers of 16 bits among those that were taken last; 0 if all fit. */
let high: u64 = 0;

/** Writes the steps of 64 rows that lie column by column, two features side by side; false where one doesn't fit. */
export function takeSteps(d: i32, columns: usize, stride: usize, table: usize, out: usize): bool {
  let places = table;
  high = 0;
  for (let j = 0; j + 1 < d; j += 2, out += PAIR_STRIDE, places += PLACES) {
    takePair(columns, columns + stride, places, out);
    columns += 2 * stride;
  }
  if ((d & 1) != 0) takeLast(columns, places, out);
  return high >> 16 == 0;
}

function takePair(first: usize, second: usize, places: usize, out: usize): void {
  const units = v128.load(places, 64);
  const flip = v128.load(places, 80);
  const timesFirst = v128.load(places);
  const plusFirst = v128.load(places, 16);
  const timesSecond = v128.load(places, 32);
  const plusSecond = v128.load(places, 48);
  let above = i64x2.splat(0);
  for (let byte: usize = 0; byte < 8 * BLOCK; byte += 64, out += 32) {
    const a = f64x2.add(f64x2.mul(v128.load(first + byte), timesFirst), plusFirst);
    const b = f64x2.add(f64x2.mul(v128.load(first + byte, 16), timesFirst), plusFirst);
    const c = f64x2.add(f64x2.mul(v128.load(first + byte, 32), timesFirst), plusFirst);
    const e = f64x2.add(f64x2.mul(v128.load(first + byte, 48), timesFirst), plusFirst);
    above = v128.or(above, v128.or(odd(a, b, units), odd(c, e, units)));
    const x = v128.xor(flip, narrow(a, b, c, e));
    const p = f64x2.add(f64x2.mul(v128.load(second + byte), timesSecond), plusSecond);
    const q = f64x2.add(f64x2.mul(v128.load(second + byte, 16), timesSecond), plusSecond);
    const r = f64x2.add(f64x2.mul(v128.load(second + byte, 32), timesSecond), plusSecond);
    const s = f64x2.add(f64x2.mul(v128.load(second + byte, 48), timesSecond), plusSecond);
    above = v128.or(above, v128.or(odd(p, q, units), odd(r, s, units)));
    const y = v128.xor(flip, narrow(p, q, r, s));
    v128.store(out, v128.shuffle<i16>(x, y, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(out, v128.shuffle<i16>(x, y, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  }
  high |= i64x2.extract_lane(above, 0) | i64x2.extract_lane(above, 1);
}

/** The last one of an odd number of features, whose partner is 0. */
function takeLast(column: usize, places: usize, out: usize): void {
  const units = v128.load(places, 64);
  const flip = v128.load(places, 80);
  const none = i16x8.splat(0);
  const times = v128.load(places);
  const plus = v128.load(places, 16);
  let above = i64x2.splat(0);
  for (const end = column + 8 * BLOCK; column < end; column += 64, out += 32) {
    const a = f64x2.add(f64x2.mul(v128.load(column), times), plus);
    const b = f64x2.add(f64x2.mul(v128.load(column, 16), times), plus);
    const c = f64x2.add(f64x2.mul(v128.load(column, 32), times), plus);
    const e = f64x2.add(f64x2.mul(v128.load(column, 48), times), plus);
    above = v128.or(above, v128.or(odd(a, b, units), odd(c, e, units)));
    const x = v128.xor(flip, narrow(a, b, c, e));
    v128.store(out, v128.shuffle<i16>(x, none, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(out, v128.shuffle<i16>(x, none, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  }
  high |= i64x2.extract_lane(above, 0) | i64x2.extract_lane(above, 1);
}

/** The bits in which doubles differ from 0 steps. */
function odd(a: v128, b: v128, units: v128): v128 {
  return v128.or(v128.xor(a, units), v128.xor(b, units));
}

/** The steps of eight doubles. */
function narrow(a: v128, b: v128, c: v128, d: v128): v128 {
  return i16x8.narrow_i32x4_u(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(c, d, 0, 2, 4, 6));
}
