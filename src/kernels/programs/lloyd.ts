import { type Blocks, eachPart, type OpenShard, partBytes } from '../blocks.js';
import { BLOCK, PART, REMEMBERED } from '../sizes.js';
import type { Team } from '../team.js';
import type { Tile } from '../tile.js';
import { farthestRows } from './farthest.js';

export interface LloydSettings {
  readonly maxIterations: number;
  /** Stops when the squared moves of the centroids add up to no more than this (absolute, in squared standardised units). */
  readonly tolerance: number;
}

/** Why it stopped: no label changed, the centroids hardly moved, or the iterations were used up. */
export type Stop = 'labels' | 'tolerance' | 'iterations';

export interface LloydResult {
  /** k points. */
  readonly centroids: readonly (readonly number[])[];
  /** Rows per segment. */
  readonly sizes: readonly number[];
  /** Sum of the squared distances of each segment's rows to its centroid. */
  readonly within: readonly number[];
  /** Sum of all of those: scikit-learn's `inertia_`. */
  readonly inertia: number;
  readonly iterations: number;
  readonly stop: Stop;
}

/** What one thread works with during a fit. */
export interface Workplace {
  readonly blocks: Blocks;
  readonly shards: readonly OpenShard[];
  readonly tiles: readonly Tile[];
  readonly team: Team;
  /** Per part of all shards: rows that changed their label. Shared. */
  readonly changed: Int32Array<SharedArrayBuffer>;
}

/** Sums over all rows of the segments. */
interface Totals {
  readonly changed: number;
  /** k × d: sums of x - mean. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Lloyd's algorithm from given centroids, with the steps, stops and counts of scikit-learn's `_kmeans_single_lloyd`. Every thread of the
 * team computes the same centroids; the same input gives the same bits for any number of threads. At the end the labels in the blocks
 * are those of the result.
 */
export function lloyd(
  place: Workplace,
  initial: readonly (readonly number[])[],
  settings: LloydSettings,
): LloydResult {
  forgetLabels(place, initial.length);
  let centroids = initial;
  let sizes: readonly number[] = [];
  let drift = 0;
  let iterations = 0;
  let stop: Stop = 'iterations';
  while (iterations < settings.maxIterations) {
    iterations++;
    const totals = assignRows(place, centroids, drift, iterations);
    sizes = [...totals.counts];
    if (totals.counts.includes(0)) relocateEmpty(place, centroids, totals);
    const next = averages(place, totals);
    const moves = squaredMoves(centroids, next);
    const moved = moves.reduce((sum, square) => sum + square, 0);
    drift += twoLargestMoves(moves);
    centroids = next;
    if (totals.changed === 0) {
      stop = 'labels';
      break;
    }
    if (moved <= settings.tolerance) {
      stop = 'tolerance';
      break;
    }
  }
  if (stop !== 'labels') {
    sizes = [...assignRows(place, centroids, drift, iterations + 1).counts]; // as the centroids are now
  }
  const within = withinSegments(place, centroids);
  const inertia = within.reduce((sum, part) => sum + part, 0);
  return { centroids, sizes, within, inertia, iterations, stop };
}

/** Labels every row by its nearest centroid; returns the rows per segment. */
export function labelRows(place: Workplace, centroids: readonly (readonly number[])[]): number[] {
  forgetLabels(place, centroids.length);
  return [...assignRows(place, centroids, 0, 0).counts];
}

/** No row has a label, and every sum is zero. */
function forgetLabels({ blocks, shards, team }: Workplace, k: number): void {
  const bytes = partBytes(blocks.features, k);
  eachPart(shards, team.claim, ({ memory, labels, remembered, partSums }, row, rows, part) => {
    const count = Math.ceil(rows / BLOCK);
    new Uint16Array(memory.buffer, labels + 2 * row, count * BLOCK).fill(0xffff);
    const bytesKept = count * REMEMBERED;
    new Uint8Array(memory.buffer, remembered + (row / BLOCK) * REMEMBERED, bytesKept).fill(0);
    new Uint8Array(memory.buffer, partSums + part * bytes, bytes).fill(0);
  });
  team.barrier();
}

/** Puts centroids where the kernels of every memory find them. */
export function writeModel(
  { blocks, shards, tiles }: Workplace,
  centroids: readonly (readonly number[])[],
  step = 0,
): void {
  shards.forEach(({ floats, kernels }, i) => {
    const { model } = tiles[i]!.at;
    let at = model / 8;
    for (const centroid of centroids) for (const value of centroid) floats[at++] = value;
    kernels.prepare(blocks.features, centroids.length, model, step);
  });
}

/**
 * @param drift how far the centroids have drifted since the first step (`twoLargestMoves`, added up)
 * @param step number of this step, from 1
 */
function assignRows(
  place: Workplace,
  centroids: readonly (readonly number[])[],
  drift: number,
  step: number,
): Totals {
  const { blocks, shards, tiles, team, changed } = place;
  const { features } = blocks;
  const k = centroids.length;
  const bytes = partBytes(features, k);
  const rounded = Math.fround(drift * (1 + 2 ** -23)); // not below the drift
  writeModel(place, centroids, step);
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    const sums = shard.partSums + part * bytes;
    changed[Math.floor(shard.first / PART) + part] = shard.kernels.assign(
      features,
      k,
      rows,
      shard.values + 8 * features * row,
      shard.quantised + 2 * features * row,
      shard.boxes + (8 * features * row) / BLOCK,
      shard.remembered + (row / BLOCK) * REMEMBERED,
      shard.near + 4 * row,
      shard.labels + 2 * row,
      shard.mean,
      shard.sd,
      tiles[shards.indexOf(shard)]!.at.model,
      sums,
      sums + 8 * k * features,
      rounded,
      step,
    );
  });
  team.barrier();
  const totals = addParts(place, k);
  team.barrier();
  return totals;
}

function addParts({ blocks, shards, changed }: Workplace, k: number): Totals {
  const width = k * blocks.features;
  const sums = new Float64Array(width);
  const counts = new Float64Array(k);
  const bytes = partBytes(blocks.features, k);
  for (const { memory, floats, partSums, rows } of shards) {
    const integers = new Int32Array(memory.buffer);
    for (let part = 0, at = partSums; part * PART < rows; part++, at += bytes) {
      for (let i = 0; i < width; i++) sums[i]! += floats[at / 8 + i]!;
      for (let c = 0; c < k; c++) counts[c]! += integers[at / 4 + 2 * width + c]!;
    }
  }
  return { changed: changed.reduce((sum, count) => sum + count, 0), sums, counts };
}

/** Mean per segment; an empty one is put where the largest is, as scikit-learn's `_average_centers` intends. */
function averages({ blocks, shards }: Workplace, { sums, counts }: Totals): number[][] {
  const d = blocks.features;
  const { floats, sd } = shards[0]!;
  const largest = counts.indexOf(Math.max(...counts));
  return Array.from(counts, (count, c) => {
    const from = count > 0 ? c : largest;
    return Array.from({ length: d }, (_, j) => sums[from * d + j]! / counts[from]! / floats[sd / 8 + j]!);
  });
}

function squaredMoves(
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): number[] {
  return before.map((point, c) => point.reduce((sum, x, j) => sum + (x - after[c]![j]!) ** 2, 0));
}

/** No gap between a row's distances to two centroids can have shrunk by more than their two moves. */
function twoLargestMoves(squares: readonly number[]): number {
  const [first = 0, second = 0] = squares.toSorted((a, b) => b - a);
  return (Math.sqrt(first) + Math.sqrt(second)) * (1 + 1e-9);
}

/**
 * Gives every empty segment the row that lies farthest from its centroid, one row each, farthest first; that row leaves its segment's
 * sum. As scikit-learn's `_relocate_empty_clusters_dense`, except that there ties have no rule.
 */
function relocateEmpty(
  place: Workplace,
  centroids: readonly (readonly number[])[],
  { sums, counts }: Totals,
): void {
  const d = place.blocks.features;
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  const farthest = farthestRows(place, centroids, empty.length);
  place.team.barrier(); // labels are read by every thread: none may go on to write them
  if (farthest[0]!.square === 0) return; // fewer distinct rows than segments: there is nowhere to go
  empty.forEach((segment, i) => {
    const { label, gaps } = farthest[i]!;
    gaps.forEach((gap, j) => {
      sums[label * d + j]! -= gap;
      sums[segment * d + j] = gap;
    });
    counts[segment] = 1;
    counts[label]!--;
  });
}

/** Sum of the squared distances of each segment's rows to its centroid. */
export function withinSegments(place: Workplace, centroids: readonly (readonly number[])[]): number[] {
  const { blocks, shards, tiles, team } = place;
  const k = centroids.length;
  const bytes = partBytes(blocks.features, k);
  const kept: Float64Array[] = [];
  writeModel(place, centroids);
  // the sums are of no use any more: what follows takes their place
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    const at = shard.partSums + part * bytes;
    shard.floats.fill(0, at / 8, at / 8 + k);
    shard.kernels.within(
      blocks.features,
      rows,
      shard.values + 8 * blocks.features * row,
      shard.labels + 2 * row,
      shard.mean,
      shard.scale,
      tiles[shards.indexOf(shard)]!.at.model,
      at,
    );
  });
  team.barrier();
  for (const { floats, partSums, rows } of shards) {
    for (let part = 0, at = partSums; part * PART < rows; part++, at += bytes) {
      kept.push(floats.slice(at / 8, at / 8 + k));
    }
  }
  team.barrier();
  return Array.from({ length: k }, (_, c) => kept.reduce((sum, part) => sum + part[c]!, 0));
}
