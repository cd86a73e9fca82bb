import { BLOCK, movesAt } from './layout';
import { MOST_STEPS, originOf, PLACES, perUnit, prepareSteps } from './steps';

/**
 * Scores of centroids, |c|² - 2 z·c, as functions of a row's steps in whole numbers: weights of 16 bits and a constant, whose low bits
 * number the centroid.
 */

/** The largest score, below 2^30 so that differences fit 32 bits. */
const MOST_SCORE: f64 = 0x3f000000;
export const NO_SCORE: i32 = 0x3fffffff;

/** Centroids whose number fits the low bits of a score. */
const MOST_CENTROIDS: i32 = 256;

/** Steps reach so many times as far as the farthest coordinate of a centroid, and so many standard deviations at least. */
const REACH: f64 = 1.5;
const LEAST_REACH: f64 = 8;

/** Below this size the factors could overflow, above it the squares. */
const LEAST_SIZE: f64 = 1e-100;
const MOST_SIZE: f64 = 1e100;

/** Bytes that moves have room for. */
const ROOM: usize = 65536;

/** A score's low bits, which number its centroid. */
export let numbers: i32 = 0;

/** By how much the difference of two scores may be off for its rounding and that of the steps; the weights' is in proportion to the row. */
export let margin: i32 = 0;

/** Makes scores in whole numbers of a model's centroids; false where that can't be. */
export function prepareScores(d: i32, k: i32, mean: usize, scale: usize, model: usize): bool {
  if (k > MOST_CENTROIDS || tableAt(d, k) + <usize>((d + 1) >> 1) * PLACES > movesAt(d, k) + ROOM)
    return false;
  let largest: f64 = 0;
  for (let i = 0; i < k * d; i++) largest = max(largest, abs(load<f64>(model + ((<usize>i) << 3))));
  if (!(largest > LEAST_SIZE && largest < MOST_SIZE)) return false;
  const steps = MOST_STEPS / max(REACH * largest, LEAST_REACH);
  if (!prepareSteps(d, steps, mean, scale, model + tableAt(d, k))) return false;
  const scoreUnit = unitOf(d, k, mean, scale, model);
  if (!(scoreUnit > 0 && scoreUnit < f64.MAX_VALUE)) return false;
  numbers = 0;
  while (numbers + 1 < k) numbers = 2 * numbers + 1;
  let out = model + functionsAt(d, k);
  v128.store(out - 16, i32x4.splat(~numbers));
  let heaviest: f64 = 0;
  for (let c = 0; c < k; c++) {
    let norm: f64 = 0;
    let weight: f64 = 0;
    let pair: i32 = 0;
    for (let j = 0; j < d; j++) {
      const at = (<usize>j) << 3;
      const x = load<f64>(model + ((<usize>(c * d)) << 3) + at) - originOf(mean + at, scale + at);
      const slope = (-2 * x * scoreUnit) / perUnit;
      norm += x * x;
      weight += abs(slope);
      const whole = <i32>nearest(slope);
      pair = (j & 1) == 0 ? whole & 0xffff : pair | (whole << 16);
      if ((j & 1) == 0 && j + 1 < d) continue;
      v128.store(out, i32x4.splat(pair));
      out += 16;
    }
    heaviest = max(heaviest, weight);
    v128.store(out, i32x4.splat((<i32>nearest(norm * scoreUnit) & ~numbers) | c));
    out += 16;
  }
  if ((k & 1) != 0) {
    // centroids are compared by twos: one that is never the nearest
    memory.fill(out, 0, functionBytes(d));
    v128.store(out + functionBytes(d) - 16, i32x4.splat(NO_SCORE));
  }
  margin = <i32>(<f64>(4 * numbers + d + 8) + 2 * 0.51 * (heaviest + <f64>d));
  return true;
}

/** The largest unit of scores that they and the weights have room for. */
function unitOf(d: i32, k: i32, mean: usize, scale: usize, model: usize): f64 {
  let most: f64 = 0;
  let steepest: f64 = 0;
  for (let c = 0; c < k; c++) {
    let norm: f64 = 0;
    let reached: f64 = 0;
    for (let j = 0; j < d; j++) {
      const at = (<usize>j) << 3;
      const x = load<f64>(model + ((<usize>(c * d)) << 3) + at) - originOf(mean + at, scale + at);
      norm += x * x;
      reached += abs(x);
      steepest = max(steepest, abs(x));
    }
    most = max(most, norm + 2 * reached * (32768 / perUnit));
  }
  return min(MOST_SCORE / most, (32766 * perUnit) / (2 * steepest));
}

/** Bytes of one centroid's function: two weights for each pair of features, and a constant, each four times. */
function functionBytes(d: i32): usize {
  return (<usize>((d + 3) >> 1)) << 4;
}

/** The functions lie where a fit notes moves, behind what floats need there. */
export function functionsAt(d: i32, k: i32): usize {
  return movesAt(d, k) + 4 * BLOCK + 16;
}

export function functionsEnd(d: i32, k: i32): usize {
  return functionsAt(d, k) + <usize>((k + 1) & ~1) * functionBytes(d);
}

/** Where the table of `prepareSteps` lies. */
export function tableAt(d: i32, k: i32): usize {
  return functionsEnd(d, k);
}
