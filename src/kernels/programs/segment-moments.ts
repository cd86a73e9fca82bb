import { type Arena, layOut, openArena, PART_STRIDE, partSizes, partTile } from '../arena.js';
import type { Address } from '../instance.js';
import { type RowSource, type RowTile, readRows } from '../row-source.js';
import { eachStretch } from '../stretches.js';
import type { Team } from '../team.js';

export interface WithinJob {
  readonly source: RowSource;
  readonly k: number;
  /** k × d: where to measure from. */
  readonly centres: Float64Array;
  /** Rows per stretch (stretches.ts). */
  readonly stretch: number;
  /** Shared scratch: stretches × k. */
  readonly squares: Float64Array<SharedArrayBuffer>;
}

export interface MomentsJob extends Omit<WithinJob, 'centres'> {
  /** Shared scratch: stretches × (k × (1 + d) + 2 d). */
  readonly sums: Float64Array<SharedArrayBuffer>;
}

/** Where segments lie and how wide they are, and the ranges of the features. */
export interface SegmentMoments {
  readonly sizes: Float64Array;
  /** k × d; zeros for a segment without rows. */
  readonly means: Float64Array;
  /** Sum of the squared distances of a segment's rows to its mean. */
  readonly within: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** Sum of the squared distances of each segment's rows to its centre. */
function segmentWithin(job: WithinJob, team: Team): Float64Array {
  const { source, k, centres, stretch, squares } = job;
  const { arena, at, tile } = startUp(source, k);
  const d = source.features;
  const floats = new Float64Array(arena.memory.buffer);
  floats.set(centres, at.centres / 8);
  eachStretch(source.rows, stretch, team, (number, parts) => {
    floats.fill(0, at.sums / 8, at.sums / 8 + k);
    for (const { first, count } of parts) {
      readRows(source, first, count, tile);
      arena.kernels.segmentSpread(d, count, at.columns, PART_STRIDE, at.labels, at.centres, at.sums);
    }
    squares.set(floats.subarray(at.sums / 8, at.sums / 8 + k), number * k);
  });
  team.barrier();
  return addStretches(squares, k);
}

/** Means and spreads, found in two passes so that nothing cancels. */
export function segmentMoments(job: MomentsJob, team: Team): SegmentMoments {
  const { source, k, stretch, sums } = job;
  const { arena, at, tile } = startUp(source, k);
  const d = source.features;
  const floats = new Float64Array(arena.memory.buffer);
  const width = k * (1 + d);
  const length = width + 2 * d;
  const start = at.sums / 8;
  eachStretch(source.rows, stretch, team, (number, parts) => {
    floats.fill(0, start, start + width);
    floats.fill(Infinity, start + width, start + width + d);
    floats.fill(-Infinity, start + width + d, start + length);
    for (const { first, count } of parts) {
      readRows(source, first, count, tile);
      arena.kernels.segmentSums(d, count, at.columns, PART_STRIDE, at.labels, at.sums);
      const ranges = at.sums + 8 * width;
      arena.kernels.widenRanges(d, count, at.columns, PART_STRIDE, ranges, ranges + 8 * d);
    }
    sums.set(floats.subarray(start, start + length), number * length);
  });
  team.barrier();
  const total = addStretches(sums, length);
  const sizes = Float64Array.from({ length: k }, (_, c) => total[c * (1 + d)]!);
  const means = Float64Array.from({ length: k * d }, (_, i) => {
    const size = sizes[Math.floor(i / d)]!;
    return size > 0 ? total[Math.floor(i / d) * (1 + d) + 1 + (i % d)]! / size : 0;
  });
  const within = segmentWithin({ ...job, centres: means }, team);
  const range = (from: number, pick: (a: number, b: number) => number): Float64Array =>
    Float64Array.from({ length: d }, (_, j) => {
      let found = sums[from + j]!;
      for (let i = from + j; i < sums.length; i += length) found = pick(found, sums[i]!);
      return found;
    });
  return { sizes, means, within, lows: range(width, Math.min), highs: range(width + d, Math.max) };
}

type Areas = 'columns' | 'labels' | 'centres' | 'sums';

function startUp(
  source: RowSource,
  k: number,
): { arena: Arena; at: Readonly<Record<Areas, Address>>; tile: RowTile } {
  const d = source.features;
  const sizes = { ...partSizes(d), centres: 8 * k * d, sums: 8 * (k * (1 + d) + 2 * d) };
  const { at, end } = layOut(sizes);
  const arena = openArena(end);
  return { arena, at, tile: partTile(arena.memory, at, d) };
}

/** Adds up what the stretches left, in their order. */
export function addStretches(parts: Float64Array, length: number): Float64Array {
  const total = new Float64Array(length);
  for (let at = 0; at < parts.length; at += length) {
    for (let i = 0; i < length; i++) total[i]! += parts[at + i]!;
  }
  return total;
}
