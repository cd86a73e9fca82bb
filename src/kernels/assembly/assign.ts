import { leftOutBy, listCandidates, measureUncertainty, rounding, uncertainty } from './candidates';
import { contest, startContest } from './contest';
import { exactNearest } from './exact';
import {
  candidatesHere,
  functionsHere,
  movesHere,
  stepHere,
  takeModel,
  vectorsHere,
  weightsHere,
  winnersHere,
} from './here';
import { BLOCK, boxOf, CANDIDATES, HISTORY, MEMORY, OUT_LIMIT, quantisedOf, SINCE, valuesOf } from './layout';
import { largestShift } from './shift';
import { moveBlock, moveRows } from './sums';

/** What `assign` works on: module globals, since every function below needs them. */
let d: i32 = 0;
let k: i32 = 0;
let model: usize = 0;
let mean: usize = 0;
let sd: usize = 0;
let sums: usize = 0;
let counts: usize = 0;
let drift: f32 = 0;
let step: i32 = 0;
let changed: i32 = 0;
/** Where the next move is noted. */
let move: usize = 0;

/**
 * Gives `rows` rows, which begin with a block, the label of their nearest centroid (ties to the lowest), and keeps counts and sums per
 * segment up to date. Returns how many labels changed.
 *
 * - A block has a limit: until the centroids have drifted that far (added up over the steps: the two largest moves), its labels can't have
 *   changed (Hamerly, "Making k-means even faster", 2010).
 * - A block whose box has one candidate is settled by that, and has a limit.
 * - A row has a lead: by how much its nearest centroid's score was ahead when scores were last compared. Its label stands until two of the
 *   block's candidates have moved against each other by as much.
 * - Elsewhere the candidates' scores are compared in 32-bit floats, and where these are too close to tell, in doubles.
 */
export function assign(
  features: i32,
  centroids: i32,
  rows: i32,
  values: usize,
  quantised: usize,
  boxes: usize,
  memory: usize,
  leads: usize,
  labels: usize,
  origin: usize,
  scale: usize,
  prepared: usize,
  segmentSums: usize,
  segmentCounts: usize,
  drifted: f32,
  stepNumber: i32,
): i32 {
  d = features;
  k = centroids;
  model = prepared;
  mean = origin;
  sd = scale;
  sums = segmentSums;
  counts = segmentCounts;
  drift = drifted;
  step = stepNumber;
  changed = 0;
  takeModel(d, k, prepared);
  move = movesHere;
  const start = values;
  let touched: u32 = 0;
  for (let first = 0; first < rows; first += BLOCK) {
    if (!(load<f32>(memory) > drift)) {
      if (rows - first > BLOCK && !(load<f32>(memory, MEMORY) > drift)) {
        for (let byte: usize = 0; byte < 4 * BLOCK; byte += 64) touched |= load<u8>(leads + byte, 4 * BLOCK);
        const next = quantised + quantisedOf(d);
        for (let byte: usize = 0, end = quantisedOf(d); byte < end; byte += 64)
          touched |= load<u8>(next + byte);
        touched |= load<u8>(labels, 2 * BLOCK) | load<u8>(labels, 3 * BLOCK) | load<u8>(boxes + boxOf(d));
      }
      const valid = min(rows - first, BLOCK);
      assignBlock(first, valid, values, quantised, boxes, memory, leads, labels);
    }
    values += valuesOf(d);
    quantised += quantisedOf(d);
    boxes += boxOf(d);
    memory += MEMORY;
    leads += 4 * BLOCK;
    labels += 2 * BLOCK;
  }
  store<u32>(winnersHere, touched); // so that the loads aren't optimised away
  moveRows(d, start, mean, sums, counts, movesHere, <i32>((move - movesHere) >> 3), winnersHere);
  return changed;
}

function assignBlock(
  start: i32,
  valid: i32,
  values: usize,
  quantised: usize,
  box: usize,
  memory: usize,
  leads: usize,
  labels: usize,
): void {
  const norms = stepHere(step);
  const list = candidatesHere;
  const before = load<u32>(memory, CANDIDATES);
  const since = load<i32>(memory, SINCE);
  let mask = before;
  let count = 0;
  if (before == 0 || !(load<f32>(memory, OUT_LIMIT) > drift)) {
    count = listCandidates(d, k, box, norms);
    const limit = limitAfter(leftOutBy);
    store<f32>(memory, limit, OUT_LIMIT);
    if (count == 1) {
      labelAll(start, valid, values, labels, load<u32>(list));
      store<f32>(memory, limit);
      store<u32>(memory, 0, CANDIDATES);
      return;
    }
    mask = maskOf(list, count);
  } else {
    measureUncertainty(d, box);
    count = listMask(list, mask);
  }
  let shift = f32.POSITIVE_INFINITY;
  if (before != 0 && (mask & ~before) == 0 && step - since < HISTORY) {
    shift = largestShift(d, k, before, box, stepHere(since), norms) + 2 * rounding;
  }
  store<u32>(memory, mask, CANDIDATES);
  store<i32>(memory, step, SINCE);
  labelEach(start, valid, count, shift, values, quantised, box, leads, labels);
}

/** The candidates as bits, where there are bits for all of k. */
function maskOf(list: usize, count: i32): u32 {
  if (k > 32) return 0;
  let mask: u32 = 0;
  for (let i = 0; i < count; i++) mask |= 1 << load<u32>(list + ((<usize>i) << 2));
  return mask;
}

function listMask(list: usize, mask: u32): i32 {
  let count = 0;
  for (; mask != 0; mask &= mask - 1, count++) store<u32>(list + ((<usize>count) << 2), ctz(mask));
  return count;
}

/** The drift at which rows whose nearest centroid leads by `slack` must be looked at again; a little early, for rounding. */
function limitAfter(slack: f32): f32 {
  return drift + (slack * 0.9999 - drift * 3e-7);
}

function labelAll(start: i32, valid: i32, values: usize, labels: usize, label: u32): void {
  const wanted = i16x8.splat(<i16>label);
  const first = <u32>load<u16>(labels);
  const old = i16x8.splat(<i16>first);
  let settled = i16x8.splat(-1);
  let alike = settled;
  for (let byte: usize = 0; byte < 2 * BLOCK; byte += 16) {
    const here = v128.load(labels + byte);
    settled = v128.and(settled, i16x8.eq(here, wanted));
    alike = v128.and(alike, i16x8.eq(here, old));
  }
  if (i16x8.all_true(settled)) return;
  if (valid == BLOCK && i16x8.all_true(alike)) {
    moveBlock(d, values, mean, sums, counts, first, label);
    for (let byte: usize = 0; byte < 2 * BLOCK; byte += 16) v128.store(labels + byte, wanted);
    changed += BLOCK;
    return;
  }
  for (let row = 0; row < valid; row++) relabel(start, labels, row, label);
}

/** In three loops with few branches that depend on the data: which rows are open, who wins, whose label changes. */
function labelEach(
  start: i32,
  valid: i32,
  count: i32,
  shift: f32,
  values: usize,
  quantised: usize,
  box: usize,
  leads: usize,
  labels: usize,
): void {
  const list = candidatesHere;
  const vectors = vectorsHere;
  const winners = winnersHere;
  const zero = f32x4.splat(0);
  const lost = f32x4.splat(shift);
  let open = 0;
  for (let row = 0; row < BLOCK; row += 4) {
    const at = leads + ((<usize>row) << 2);
    const left = f32x4.sub(v128.load(at), lost);
    v128.store(at, left);
    store<i32>(vectors + ((<usize>open) << 2), row);
    open += i32x4.bitmask(f32x4.gt(left, zero)) == 15 ? 0 : 1;
  }
  if (open == 0) return;
  startContest(d, count, list, weightsHere, box, functionsHere);
  contest(d, count, list, functionsHere, quantised, vectors, open, uncertainty, leads, winners);

  let different = 0;
  for (let i = 0; i < open; i++) {
    const row = load<u32>(vectors + ((<usize>i) << 2));
    const won = v128.load(winners + ((<usize>i) << 4));
    const certain = f32x4.gt(v128.load(leads + ((<usize>row) << 2)), zero);
    const before = i32x4.extend_low_i16x8_u(v128.load64_zero(labels + ((<usize>row) << 1)));
    const lanes = i32x4.bitmask(v128.and(certain, i32x4.eq(won, before))) ^ 15;
    store<u32>(vectors + ((<usize>different) << 2), row | (lanes << 8) | (i << 16));
    different += lanes == 0 ? 0 : 1;
  }
  for (let i = 0; i < different; i++) {
    const entry = load<u32>(vectors + ((<usize>i) << 2));
    const winner = winners + ((<usize>(entry >> 16)) << 4);
    for (let lanes = (entry >> 8) & 15; lanes != 0; lanes &= lanes - 1) {
      const lane = ctz(lanes);
      const row = <i32>((entry & 255) + lane);
      if (row >= valid) break;
      const place = values + <usize>row * ((<usize>d) << 3);
      const label =
        load<f32>(leads + ((<usize>row) << 2)) > 0
          ? load<i32>(winner + ((<usize>lane) << 2))
          : exactNearest(d, count, list, place, 8, mean, sd, model);
      relabel(start, labels, row, label);
    }
  }
}

function relabel(start: i32, labels: usize, row: i32, label: u32): void {
  const at = labels + ((<usize>row) << 1);
  const old = load<u16>(at);
  if (<u32>old == label) return;
  store<u16>(at, label);
  store<u32>(move, start + row);
  store<u16>(move, old, 4);
  store<u16>(move, label, 6);
  move += 8;
  changed++;
}
