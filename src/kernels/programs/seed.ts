import type { Random } from '../../core/random.js';
import { type Blocks, eachPart, type OpenShard } from '../blocks.js';
import { BLOCK, PART } from '../sizes.js';
import type { Team } from '../team.js';
import { MOST_POINTS, type Tile } from '../tile.js';

/** Per part of the blocks: the potential, and what it would be with each point that is tried. Shared by the team. */
export type Potentials = Float64Array<SharedArrayBuffer>;

export function allocatePotentials({ rows, shards }: Blocks): Potentials {
  const parts = Math.ceil(rows / PART) + shards.length;
  return new Float64Array(new SharedArrayBuffer(8 * parts * (1 + MOST_POINTS)));
}

/**
 * Chooses k rows as first centroids by greedy k-means++ (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding",
 * 2007): each next one is the best of 2 + floor(ln k) rows drawn with a probability in proportion to their squared distance to the
 * nearest centroid so far. The same procedure as scikit-learn's `_kmeans_plusplus`. Every thread draws the same numbers.
 *
 * @returns k points in standardised units; rows may repeat where there are fewer distinct rows than k
 */
export function seed(
  blocks: Blocks,
  shards: readonly OpenShard[],
  tiles: readonly Tile[],
  k: number,
  random: Random,
  potentials: Potentials,
  team: Team,
): number[][] {
  const trials = Math.min(MOST_POINTS, 2 + Math.floor(Math.log(k)));
  const parts = Math.floor(potentials.length / (1 + MOST_POINTS));
  const totals = potentials.subarray(0, parts);
  const tried = potentials.subarray(parts);
  const base = partBase(shards);
  forget(shards, team);

  const chosen = [pointAt(blocks, shards, random.below(blocks.rows))];
  while (chosen.length < k) {
    choose(blocks, shards, tiles, chosen.at(-1)!, totals, base, team);
    const drawn = Array.from({ length: trials }, () => drawRow(shards, totals, base, random));
    const points = drawn.map((at) => pointAt(blocks, shards, at));
    tryPoints(blocks, shards, tiles, points, tried, base, team);
    const best = drawn[indexOfLeast(addParts(tried, base, shards, trials))]!;
    chosen.push(pointAt(blocks, shards, best));
  }
  return chosen;
}

/** Number of each memory's first part among all parts. */
function partBase(shards: readonly OpenShard[]): number[] {
  let next = 0;
  return shards.map(({ rows }) => {
    const base = next;
    next += Math.ceil(rows / PART);
    return base;
  });
}

/** No row has a nearest centroid yet. */
function forget(shards: readonly OpenShard[], team: Team): void {
  eachPart(shards, team.claim, ({ memory, near, most }, row, rows) => {
    const padded = Math.ceil(rows / BLOCK) * BLOCK;
    new Float32Array(memory.buffer, near + 4 * row, padded).fill(Infinity);
    new Float32Array(memory.buffer, most + (4 * row) / BLOCK, padded / BLOCK).fill(Infinity);
  });
  team.barrier();
}

function choose(
  { features }: Blocks,
  shards: readonly OpenShard[],
  tiles: readonly Tile[],
  point: readonly number[],
  totals: Float64Array,
  base: readonly number[],
  team: Team,
): void {
  writePoints(shards, tiles, [point]);
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    const i = shards.indexOf(shard);
    const { at } = tiles[i]!;
    totals[base[i]! + part] = shard.kernels.seedDistances(
      features,
      rows,
      shard.quantised + 2 * features * row,
      shard.boxes + (8 * features * row) / BLOCK,
      at.points,
      shard.near + 4 * row,
      shard.most + (4 * row) / BLOCK,
      shard.potentials + (8 * row) / BLOCK,
      at.columns,
    );
  });
  team.barrier();
}

function tryPoints(
  { features }: Blocks,
  shards: readonly OpenShard[],
  tiles: readonly Tile[],
  points: readonly (readonly number[])[],
  tried: Float64Array,
  base: readonly number[],
  team: Team,
): void {
  writePoints(shards, tiles, points);
  eachPart(shards, team.claim, (shard, row, rows, part) => {
    const i = shards.indexOf(shard);
    const { at } = tiles[i]!;
    const sums = shard.floats.subarray(at.sums / 8, at.sums / 8 + points.length).fill(0);
    shard.kernels.seedTrials(
      features,
      rows,
      shard.quantised + 2 * features * row,
      shard.boxes + (8 * features * row) / BLOCK,
      at.points,
      points.length,
      shard.near + 4 * row,
      shard.most + (4 * row) / BLOCK,
      shard.potentials + (8 * row) / BLOCK,
      at.sums,
      at.columns,
    );
    tried.set(sums, (base[i]! + part) * MOST_POINTS);
  });
  team.barrier();
}

function addParts(
  tried: Float64Array,
  base: readonly number[],
  shards: readonly OpenShard[],
  trials: number,
): Float64Array {
  const parts = base.at(-1)! + Math.ceil(shards.at(-1)!.rows / PART);
  const sums = new Float64Array(trials);
  for (let part = 0; part < parts; part++) {
    for (let trial = 0; trial < trials; trial++) sums[trial]! += tried[part * MOST_POINTS + trial]!;
  }
  return sums;
}

/** Draws a row with a probability in proportion to its distance: first the part, then the block, then the row. */
function drawRow(
  shards: readonly OpenShard[],
  totals: Float64Array,
  base: readonly number[],
  random: Random,
): number {
  const parts = base.at(-1)! + Math.ceil(shards.at(-1)!.rows / PART);
  const inParts = totals.subarray(0, parts);
  let left = random.next() * inParts.reduce((sum, potential) => sum + potential, 0);
  const part = pass(inParts, left);
  left -= part.before;
  let i = shards.length - 1;
  while (base[i]! > part.index) i -= 1;
  const { memory, first, rows, potentials, near } = shards[i]!;
  const row = (part.index - base[i]!) * PART;
  const count = Math.min(PART, rows - row);
  const inBlocks = new Float64Array(memory.buffer, potentials + (8 * row) / BLOCK, Math.ceil(count / BLOCK));
  const block = pass(inBlocks, left);
  left -= block.before;
  const start = row + block.index * BLOCK;
  const inRows = new Float32Array(memory.buffer, near + 4 * start, Math.min(BLOCK, rows - start));
  return first + start + pass(inRows, left).index;
}

/** The entry within which a running sum passes a limit, and the sum before it; the last one where rounding keeps it from that. */
function pass(values: Float64Array | Float32Array, limit: number): { index: number; before: number } {
  let before = 0;
  for (let index = 0; index < values.length - 1; index++) {
    const next = before + values[index]!;
    if (limit < next) return { index, before };
    before = next;
  }
  return { index: values.length - 1, before };
}

/** A row's point in standardised units. */
function pointAt({ features }: Blocks, shards: readonly OpenShard[], place: number): number[] {
  const shard = shards.findLast(({ first }) => first <= place)!;
  const { floats, mean, sd, values } = shard;
  const at = values / 8 + (place - shard.first) * features;
  return Array.from(
    { length: features },
    (_, j) => (floats[at + j]! - floats[mean / 8 + j]!) / floats[sd / 8 + j]!,
  );
}

/** Points in fours, feature after feature, as the kernels read them (assembly/seeding.ts). */
function writePoints(
  shards: readonly OpenShard[],
  tiles: readonly Tile[],
  points: readonly (readonly number[])[],
): void {
  const d = points[0]!.length;
  shards.forEach(({ memory }, i) => {
    const floats = new Float32Array(memory.buffer, tiles[i]!.at.points, MOST_POINTS * d);
    points.forEach((point, t) => {
      point.forEach((x, j) => {
        floats[(t >> 2) * 4 * d + 4 * j + (t & 3)] = x;
      });
    });
  });
}

function indexOfLeast(values: Float64Array): number {
  return values.reduce((least, value, i) => (value < values[least]! ? i : least), 0);
}
