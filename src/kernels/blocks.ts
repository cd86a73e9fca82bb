import { type Address, instantiate, type Kernels } from './instance.js';
import { releaseMemory, reuseMemory } from './memory.js';
import { BLOCK, PART, REMEMBERED } from './sizes.js';
import { tileBytes } from './tile.js';

/** Bytes of rows per memory, which ends at 4 GiB. */
const SHARD_BYTES = 2 ** 31;

/** Cells of the grid that rows are sorted by, as a power of two: a histogram of 4 MiB. */
const MOST_CELL_BITS = 20;

/** What a table of a cell's bits may hold. */
const MOST_BITS_PER_FEATURE = 10;

/** Where one memory keeps its rows. All but `first` and `rows` are addresses. */
export interface Shard {
  readonly memory: WebAssembly.Memory;
  /** Place of its first row among all rows. */
  readonly first: number;
  readonly rows: number;
  readonly mean: Address;
  readonly sd: Address;
  /** 1 / sd. */
  readonly scale: Address;
  /** Row after row, a double a feature. */
  readonly values: Address;
  /** Per 16 rows: feature after feature, 16 16-bit integers each. */
  readonly quantised: Address;
  /** Centre and half width of every feature, as 32-bit floats, a block. */
  readonly boxes: Address;
  /** 16 bytes a block: what a fit remembers of it (assembly/layout.ts). */
  readonly remembered: Address;
  /** A 16-bit integer a row. */
  readonly labels: Address;
  /** A 32-bit float a row: squared distance to the nearest seed; in a fit by how much the nearest centroid leads. */
  readonly near: Address;
  /** A 32-bit float a block: the largest of those. */
  readonly most: Address;
  /** A double a block: their sum. */
  readonly potentials: Address;
  /** A histogram per thread while the rows are sorted; lies over labels and near. */
  readonly histograms: Address;
  /** Per part: sums (k × d doubles), then counts (k integers). */
  readonly partSums: Address;
  /** A thread's scratch begins at `scratch + rank × scratchBytes`. */
  readonly scratch: Address;
}

/**
 * Rows in blocks of 64, sorted along a space-filling curve, so that the rows of a block lie close together and most blocks belong to one
 * segment as a whole. The values are as they were given; kernels standardise them as z = (x - mean) / sd on the way. Can be sent
 * to other threads.
 */
export interface Blocks {
  readonly id: number;
  readonly rows: number;
  readonly features: number;
  /** Most centroids that its scratch has room for. */
  readonly largestK: number;
  /** Threads that it has scratch for. */
  readonly threads: number;
  readonly scratchBytes: number;
  /** Bits of a cell's number per feature, and how many features it takes into account. */
  readonly cellBits: number;
  readonly cellFeatures: number;
  readonly shards: readonly Shard[];
}

/** z = (x - mean) / sd. */
export interface Scale {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

let lastId = 0;

/**
 * Makes room for rows, all in all (10 × features + 7) × rows bytes with small k. The scale is still to be set.
 *
 * @param largestK at least 1, at most 65,535
 * @param shardRows rows per memory, a multiple of PART; for tests
 */
export function allocateBlocks(
  rows: number,
  features: number,
  largestK: number,
  threads: number,
  shardRows = rowsPerShard(features),
): Blocks {
  const cellFeatures = Math.min(features, MOST_CELL_BITS);
  const perFeature = Math.round(Math.log2(Math.max(rows, 2)) / cellFeatures);
  const cellBits = Math.max(
    1,
    Math.min(perFeature, Math.floor(MOST_CELL_BITS / cellFeatures), MOST_BITS_PER_FEATURE),
  );
  const scratchBytes = scratchFor(features, largestK);
  const shards: Shard[] = [];
  for (let first = 0; first === 0 || first < rows; first += shardRows) {
    const count = Math.min(shardRows, rows - first);
    const histogramBytes = first === 0 ? threads * 4 * 2 ** (cellBits * cellFeatures) : 0;
    shards.push(layOut(first, count, features, largestK, histogramBytes, threads * scratchBytes));
  }
  const id = ++lastId;
  return { id, rows, features, largestK, threads, scratchBytes, cellBits, cellFeatures, shards };
}

/** Sets by which scale the rows are standardised. */
export function setScale({ features, shards }: Blocks, { mean, sd }: Scale): void {
  const vectors = [mean, sd, sd.map((unit) => 1 / unit)];
  for (const shard of shards) {
    vectors.forEach((vector, i) => {
      new Float64Array(shard.memory.buffer, shard.mean + 8 * i * features, features).set(vector);
    });
  }
}

/** The scale that was set. */
export function scaleOf({ features, shards: [home] }: Blocks): Scale {
  const vector = (at: Address): number[] => [...new Float64Array(home!.memory.buffer, at, features)];
  return { mean: vector(home!.mean), sd: vector(home!.sd) };
}

function rowsPerShard(features: number): number {
  return Math.floor(SHARD_BYTES / (10 * features + 8) / PART) * PART;
}

function layOut(
  first: number,
  rows: number,
  features: number,
  k: number,
  histogramBytes: number,
  scratchBytes: number,
): Shard {
  const blocks = Math.ceil(rows / BLOCK);
  let next = 64; // address 0 stands for none
  const take = (bytes: number): Address => {
    const at = next;
    next = Math.ceil((at + bytes) / 64) * 64;
    return at;
  };
  const mean = take(3 * 8 * features);
  const values = take(blocks * BLOCK * 8 * features);
  const quantised = take(blocks * BLOCK * 2 * features);
  const boxes = take(blocks * 8 * features);
  const remembered = take(blocks * REMEMBERED);
  const labels = take(blocks * BLOCK * 2);
  const near = take(blocks * BLOCK * 4);
  next = Math.max(next, labels + histogramBytes);
  const most = take(blocks * 4);
  const potentials = take(blocks * 8);
  const partSums = take(Math.ceil(rows / PART) * partBytes(features, k));
  const scratch = take(scratchBytes);
  return {
    memory: reuseMemory(next),
    first,
    rows,
    mean,
    sd: mean + 8 * features,
    scale: mean + 16 * features,
    values,
    quantised,
    boxes,
    remembered,
    labels,
    near,
    most,
    potentials,
    histograms: labels,
    partSums,
    scratch,
  };
}

/** Bytes of one part's sums and counts. */
export function partBytes(features: number, k: number): number {
  return Math.ceil((8 * k * features + 4 * k) / 8) * 8;
}

/** A tile and a model. */
function scratchFor(features: number, k: number): number {
  return Math.ceil((tileBytes(features) + modelBytes(features, k)) / 64) * 64;
}

/** Bytes of a model with its scratch (assembly/layout.ts, generously). */
export function modelBytes(features: number, k: number): number {
  const step = 4 * (features + 1) * (k + 4);
  return 8 * k * features + 35 * step + 8 * (k + 8) + 256 * (features + 2) + 512 + 8 * PART + 1024;
}

/** A shard as one thread sees it: its kernels, and where this thread's scratch is. */
export interface OpenShard extends Shard {
  readonly kernels: Kernels;
  readonly own: Address;
  readonly floats: Float64Array<SharedArrayBuffer>;
}

const opened = new Map<number, readonly OpenShard[]>();

/** Blocks that stay open in a thread: training and test rows. */
const MOST_OPEN = 2;

/** Opens the memories of blocks in this thread. They stay open until others are needed. */
export function openBlocks(blocks: Blocks, rank: number): readonly OpenShard[] {
  const known = opened.get(blocks.id);
  if (known !== undefined) return known;
  for (const id of opened.keys()) if (opened.size >= MOST_OPEN) opened.delete(id);
  const shards = blocks.shards.map((shard) => ({
    ...shard,
    kernels: instantiate(shard.memory),
    own: shard.scratch + rank * blocks.scratchBytes,
    floats: new Float64Array(shard.memory.buffer),
  }));
  opened.set(blocks.id, shards);
  return shards;
}

/** Gives the memory of blocks back. Nobody may use them any more. */
export function releaseBlocks({ id, shards }: Blocks): void {
  opened.delete(id);
  for (const { memory } of shards) releaseMemory(memory);
}

/** Calls `visit` for every part of the blocks that this thread comes to take; parts are numbered over all shards. */
export function eachPart(
  shards: readonly OpenShard[],
  claim: () => number,
  visit: (shard: OpenShard, row: number, rows: number, part: number) => void,
): void {
  let shard = 0;
  let before = 0;
  for (let part = claim(); ; part = claim()) {
    while (shard < shards.length && (part - before) * PART >= shards[shard]!.rows) {
      before += Math.ceil(shards[shard]!.rows / PART);
      shard += 1;
    }
    const here = shards[shard];
    if (here === undefined) return;
    const row = (part - before) * PART;
    visit(here, row, Math.min(PART, here.rows - row), part - before);
  }
}
