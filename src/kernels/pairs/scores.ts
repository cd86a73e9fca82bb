import { type Pairs, segmentAt } from './job.js';
import { SLOTS } from './memory.js';

/** Rows whose larger mean distance is this many times shorter than their way to the centre lose too much in 32-bit floats. */
const FARTHEST = 8;

/** Mean distances below this lie too near the steps in which totals are kept. */
const SHORTEST = 1e-5;

/** Rousseeuw's (b - a) / max(a, b); 0 where both are 0. */
export function silhouette(within: number, between: number): number {
  const larger = Math.max(within, between);
  return larger > 0 ? (between - within) / larger : 0;
}

/** Whether distances in 32-bit floats are good enough for a row: `reach` is how far it lies from the centre, all normalised. */
export function isPrecise(within: number, between: number, reach: number): boolean {
  const larger = Math.max(within, between);
  return larger > SHORTEST && reach < FARTHEST * larger;
}

/** Writes the scores of all rows, from the totals. */
export function writeScores({ job, d, at, floats, integers }: Pairs): void {
  const { source, starts, scores, normal } = job;
  const sizeOf = (c: number): number => starts[c + 1]! - starts[c]!;
  for (let row = 0, c = 0; row < source.rows; row++) {
    c = segmentAt(starts, row, c);
    const number = integers[at.numbers / 4 + integers[at.order / 4 + row]!]!;
    const count = integers[at.counts / 4 + row]!;
    scores[number] = count === 0 ? 0 : NaN;
    if (count === 0 || count > SLOTS) continue;
    const within = totalAt(integers, at.totals, row) / (sizeOf(c) - 1);
    let between = Infinity;
    for (let slot = SLOTS * row; slot < SLOTS * row + count; slot++) {
      const size = sizeOf(integers[at.slots / 4 + slot]!);
      between = Math.min(between, totalAt(integers, at.totals, source.rows + slot) / size);
    }
    const [a, b] = [within / normal.fixed, between / normal.fixed];
    if (isPrecise(a, b, reachOf(floats, at.rows / 8 + d * row, d))) scores[number] = silhouette(a, b);
  }
}

/** A 64-bit integer as a number; no BigInt is made, which would take longer than everything else here. */
function totalAt(integers: Int32Array, totals: number, slot: number): number {
  const word = totals / 4 + 2 * slot;
  return integers[word + 1]! * 2 ** 32 + (integers[word]! >>> 0);
}

/** Length of a normalised row. */
export function reachOf(floats: Float64Array, at: number, d: number): number {
  let square = 0;
  for (let j = at; j < at + d; j++) square += floats[j]! ** 2;
  return Math.sqrt(square);
}
