import { type Blocks, eachPart, type OpenShard, openBlocks } from '../blocks.js';
import { PART } from '../sizes.js';
import type { Team } from '../team.js';

/** Mean and spread of every feature in every segment, and the rows nearest to each centroid. */
export interface DescribeJob {
  /** Labelled by a fit. */
  readonly blocks: Blocks;
  readonly centroids: readonly (readonly number[])[];
  readonly sizes: readonly number[];
  /** Rows to name per segment. */
  readonly exemplars: number;
  /** Scratch shared by the team: parts × k × (2 features) doubles and parts × k × exemplars × 2. */
  readonly shared: Float64Array<SharedArrayBuffer>;
}

export interface SegmentDescription {
  readonly mean: readonly number[];
  /** Population standard deviation. */
  readonly sd: readonly number[];
  /** Nearest rows, nearest first, ties to the earlier place. */
  readonly nearest: readonly { readonly place: number; readonly distance: number }[];
}

export function describeScratch({ rows, features, shards }: Blocks, k: number, exemplars: number): number {
  return (Math.ceil(rows / PART) + shards.length) * k * (2 * features + 2 * exemplars);
}

export function describe(job: DescribeJob, team: Team): SegmentDescription[] {
  const { blocks, centroids, sizes, exemplars, shared } = job;
  const { features: d } = blocks;
  const k = centroids.length;
  const shards = openBlocks(blocks, team.rank);
  const parts = Math.ceil(blocks.rows / PART) + shards.length;
  const width = k * (2 * d + 2 * exemplars);
  const partOf = (shard: OpenShard, part: number): Float64Array => {
    const at = (Math.floor(shard.first / PART) + part) * width;
    return shared.subarray(at, at + width);
  };
  const flat = centroids.flat();

  shared.fill(
    0,
    Math.floor((parts * width * team.rank) / team.size),
    Math.floor((parts * width * (team.rank + 1)) / team.size),
  );
  team.barrier();
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    const own = partOf(shard, part);
    sumPart(shard, d, row, rows, own);
    nearestOfPart(shard, d, row, rows, flat, exemplars, own.subarray(2 * d * k));
  });
  team.barrier();
  const means = addParts(shared, parts, width, 0, k * d).map((sum, i) => sum / sizes[Math.floor(i / d)]!);
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    squarePart(shard, d, row, rows, means, partOf(shard, part).subarray(k * d, 2 * k * d));
  });
  team.barrier();
  const squares = addParts(shared, parts, width, k * d, 2 * k * d);
  const origin = Array.from({ length: d }, (_, j) => shards[0]!.floats[shards[0]!.mean / 8 + j]!);
  const described = centroids.map((_, c) => ({
    mean: origin.map((x, j) => x + means[c * d + j]!),
    sd: origin.map((_x, j) => Math.sqrt(squares[c * d + j]! / sizes[c]!)),
    nearest: mergeNearest(shared, parts, width, 2 * d * k + c * 2 * exemplars, exemplars, sizes[c]!),
  }));
  team.barrier();
  return described;
}

/** Sums of x - mean per segment and feature. */
function sumPart(shard: OpenShard, d: number, row: number, rows: number, sums: Float64Array): void {
  const { floats, memory, values, labels, mean } = shard;
  const labelOf = new Uint16Array(memory.buffer, labels + 2 * row, rows);
  for (let i = 0, at = values / 8 + row * d; i < rows; i++, at += d) {
    const to = labelOf[i]! * d;
    for (let j = 0; j < d; j++) sums[to + j]! += floats[at + j]! - floats[mean / 8 + j]!;
  }
}

/** Sums of the squares of x - mean - the segment's mean of that. */
function squarePart(
  shard: OpenShard,
  d: number,
  row: number,
  rows: number,
  means: Float64Array,
  squares: Float64Array,
): void {
  const { floats, memory, values, labels, mean } = shard;
  const labelOf = new Uint16Array(memory.buffer, labels + 2 * row, rows);
  for (let i = 0, at = values / 8 + row * d; i < rows; i++, at += d) {
    const to = labelOf[i]! * d;
    for (let j = 0; j < d; j++) {
      const gap = floats[at + j]! - floats[mean / 8 + j]! - means[to + j]!;
      squares[to + j]! += gap * gap;
    }
  }
}

/** Per segment up to `most` pairs of squared distance and 1 + place, nearest first. */
function nearestOfPart(
  shard: OpenShard,
  d: number,
  row: number,
  rows: number,
  centroids: readonly number[],
  most: number,
  pairs: Float64Array,
): void {
  const { floats, memory, values, labels, mean, sd, first } = shard;
  const labelOf = new Uint16Array(memory.buffer, labels + 2 * row, rows);
  for (let i = 0, at = values / 8 + row * d; i < rows; i++, at += d) {
    const label = labelOf[i]!;
    let square = 0;
    for (let j = 0; j < d; j++) {
      const z = (floats[at + j]! - floats[mean / 8 + j]!) / floats[sd / 8 + j]!;
      const gap = z - centroids[label * d + j]!;
      square += gap * gap;
    }
    insert(pairs, 2 * most * label, most, square, 1 + first + row + i);
  }
}

function insert(pairs: Float64Array, at: number, most: number, square: number, place: number): void {
  let slot = at + 2 * most;
  while (slot > at && (pairs[slot - 1] === 0 || square < pairs[slot - 2]!)) slot -= 2;
  if (slot === at + 2 * most) return;
  pairs.copyWithin(slot + 2, slot, at + 2 * most - 2);
  pairs[slot] = square;
  pairs[slot + 1] = place;
}

function addParts(
  shared: Float64Array,
  parts: number,
  width: number,
  from: number,
  to: number,
): Float64Array {
  const sums = new Float64Array(to - from);
  for (let part = 0; part < parts; part++) {
    for (let i = from; i < to; i++) sums[i - from]! += shared[part * width + i]!;
  }
  return sums;
}

function mergeNearest(
  shared: Float64Array,
  parts: number,
  width: number,
  at: number,
  most: number,
  size: number,
): { place: number; distance: number }[] {
  const pairs = new Float64Array(2 * most);
  for (let part = 0; part < parts; part++) {
    for (let i = part * width + at; i < part * width + at + 2 * most && shared[i + 1] !== 0; i += 2) {
      insert(pairs, 0, most, shared[i]!, shared[i + 1]!);
    }
  }
  return Array.from({ length: Math.min(most, size) }, (_, i) => ({
    place: pairs[2 * i + 1]! - 1,
    distance: Math.sqrt(pairs[2 * i]!),
  }));
}
