import { BLOCK, tileAt } from './layout';
import { functionsAt, functionsEnd, margin, NO_SCORE, numbers, tableAt } from './score-functions';
import { PAIR_STRIDE, takeSteps } from './steps';

/**
 * Writes the nearest centroid of each of 64 rows that lie column by column (16 bits) to `winners`; returns, as bits, the rows of which that
 * isn't certain.
 */
export function compareScores(
  d: i32,
  k: i32,
  columns: usize,
  stride: usize,
  model: usize,
  winners: usize,
): u64 {
  const functions = model + functionsAt(d, k);
  const end = model + functionsEnd(d, k);
  let open: u64 = 0;
  let tile = model + tileAt(d, k);
  if (!takeSteps(d, columns, stride, model + tableAt(d, k), tile)) return u64.MAX_VALUE;
  if (d == 5) {
    for (let row: u64 = 0; row < 64; row += 8, tile += 32, winners += 16) {
      open |= (<u64>compareFive(functions, end, tile, winners)) << row;
    }
    return open;
  }
  for (let row: u64 = 0; row < 64; row += 8, tile += 32, winners += 16) {
    open |= (<u64>compareAny(d, functions, end, tile, winners)) << row;
  }
  return open;
}

/** Of five features: two centroids at a time. Rows are loaded again for each two, as there are too few registers to keep them. */
function compareFive(functions: usize, end: usize, tile: usize, winners: usize): i32 {
  const rest = functions - 16;
  let a = i32x4.splat(NO_SCORE);
  let b = a;
  let nextA = a;
  let nextB = a;
  for (let at = functions; at < end; at += 128) {
    let w = v128.load(at);
    let v = v128.load(at, 64);
    let x = v128.load(tile);
    let y = v128.load(tile, 16);
    let firstA = i32x4.dot_i16x8_s(x, w);
    let secondA = i32x4.dot_i16x8_s(x, v);
    let firstB = i32x4.dot_i16x8_s(y, w);
    let secondB = i32x4.dot_i16x8_s(y, v);
    w = v128.load(at, 16);
    v = v128.load(at, 80);
    x = v128.load(tile, 256);
    y = v128.load(tile, 272);
    firstA = i32x4.add(firstA, i32x4.dot_i16x8_s(x, w));
    secondA = i32x4.add(secondA, i32x4.dot_i16x8_s(x, v));
    firstB = i32x4.add(firstB, i32x4.dot_i16x8_s(y, w));
    secondB = i32x4.add(secondB, i32x4.dot_i16x8_s(y, v));
    w = v128.load(at, 32);
    v = v128.load(at, 96);
    x = v128.load(tile, 512);
    y = v128.load(tile, 528);
    firstA = i32x4.add(firstA, i32x4.dot_i16x8_s(x, w));
    secondA = i32x4.add(secondA, i32x4.dot_i16x8_s(x, v));
    firstB = i32x4.add(firstB, i32x4.dot_i16x8_s(y, w));
    secondB = i32x4.add(secondB, i32x4.dot_i16x8_s(y, v));
    const clean = v128.load(rest);
    w = v128.load(at, 48);
    v = v128.load(at, 112);
    firstA = i32x4.add(v128.and(firstA, clean), w);
    firstB = i32x4.add(v128.and(firstB, clean), w);
    secondA = i32x4.add(v128.and(secondA, clean), v);
    secondB = i32x4.add(v128.and(secondB, clean), v);
    nextA = i32x4.min_s(nextA, i32x4.max_s(a, firstA));
    nextB = i32x4.min_s(nextB, i32x4.max_s(b, firstB));
    a = i32x4.min_s(a, firstA);
    b = i32x4.min_s(b, firstB);
    nextA = i32x4.min_s(nextA, i32x4.max_s(a, secondA));
    nextB = i32x4.min_s(nextB, i32x4.max_s(b, secondB));
    a = i32x4.min_s(a, secondA);
    b = i32x4.min_s(b, secondB);
  }
  const one = i16x8.splat(1);
  const sizeA = i32x4.add(
    sizeOf(v128.load(tile), one),
    i32x4.add(sizeOf(v128.load(tile, 256), one), sizeOf(v128.load(tile, 512), one)),
  );
  const sizeB = i32x4.add(
    sizeOf(v128.load(tile, 16), one),
    i32x4.add(sizeOf(v128.load(tile, 272), one), sizeOf(v128.load(tile, 528), one)),
  );
  return decide(a, b, i32x4.sub(nextA, sizeA), i32x4.sub(nextB, sizeB), winners);
}

function compareAny(d: i32, functions: usize, end: usize, tile: usize, winners: usize): i32 {
  const rest = i32x4.splat(~numbers);
  const behind = tile + <usize>((d + 1) >> 1) * PAIR_STRIDE;
  let a = i32x4.splat(NO_SCORE);
  let b = a;
  let nextA = a;
  let nextB = a;
  for (let at = functions; at < end; at += 16) {
    let scoreA = i32x4.splat(0);
    let scoreB = scoreA;
    for (let steps = tile; steps < behind; steps += PAIR_STRIDE, at += 16) {
      const w = v128.load(at);
      scoreA = i32x4.add(scoreA, i32x4.dot_i16x8_s(v128.load(steps), w));
      scoreB = i32x4.add(scoreB, i32x4.dot_i16x8_s(v128.load(steps, 16), w));
    }
    const constant = v128.load(at);
    scoreA = i32x4.add(v128.and(scoreA, rest), constant);
    scoreB = i32x4.add(v128.and(scoreB, rest), constant);
    nextA = i32x4.min_s(nextA, i32x4.max_s(a, scoreA));
    nextB = i32x4.min_s(nextB, i32x4.max_s(b, scoreB));
    a = i32x4.min_s(a, scoreA);
    b = i32x4.min_s(b, scoreB);
  }
  const one = i16x8.splat(1);
  for (let steps = tile; steps < behind; steps += PAIR_STRIDE) {
    nextA = i32x4.sub(nextA, sizeOf(v128.load(steps), one));
    nextB = i32x4.sub(nextB, sizeOf(v128.load(steps, 16), one));
  }
  return decide(a, b, nextA, nextB, winners);
}

/**
 * How far pairs of steps are from zero, added up: by so much may rounded weights be off in the difference of two scores. 16 bits hold no
 * 32,768, which becomes one less.
 */
function sizeOf(steps: v128, one: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.min_u(i16x8.abs(steps), i16x8.splat(32767)), one);
}

/** Writes the winners' numbers; returns, as bits, the rows whose second score is too close to the first. */
function decide(a: v128, b: v128, nextA: v128, nextB: v128, winners: usize): i32 {
  const number = i32x4.splat(numbers);
  const close = i32x4.splat(margin);
  v128.store(winners, i16x8.narrow_i32x4_u(v128.and(a, number), v128.and(b, number)));
  const openA = i32x4.le_s(i32x4.sub(nextA, a), close);
  const openB = i32x4.le_s(i32x4.sub(nextB, b), close);
  return i32x4.bitmask(openA) | (i32x4.bitmask(openB) << 4);
}
