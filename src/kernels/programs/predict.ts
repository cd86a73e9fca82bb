import { layOut } from '../arena.js';
import { type Blocks, modelBytes, openBlocks } from '../blocks.js';
import { type Address, instantiate, type Kernels } from '../instance.js';
import { type Labels, labelsIn } from '../labels.js';
import { TILE } from '../sizes.js';
import type { Team } from '../team.js';
import { loadTile, TILE_STRIDE, tileOf } from '../tile.js';

/** Labels the rows of columns by their nearest centroid. */
export interface PredictJob {
  readonly columns: readonly Float64Array<SharedArrayBuffer>[];
  readonly rows: number;
  readonly centroids: readonly (readonly number[])[];
  /** Where the kernel works. */
  readonly place: TilePlace | ColumnPlace;
  /** Out, per row. */
  readonly labels: Labels;
  /** Out, per row, where wanted: the Euclidean distance. */
  readonly distances?: Float64Array<SharedArrayBuffer>;
}

/** Rows are copied to a tile of blocks that have none of their own. */
export interface TilePlace {
  readonly blocks: Blocks;
}

/** Rows are read where they lie. */
export interface ColumnPlace {
  readonly memory: WebAssembly.Memory;
  readonly stride: number;
  /** Mean, sd and 1 / sd of every feature; then each thread's scratch. */
  readonly scratch: Address;
}

/** Rows of columns that lie in the kernel's memory are labelled so many at a time. */
const RUN = 8 * TILE;

/** What one thread works with. */
interface Desk {
  readonly kernels: Kernels;
  readonly floats: Float64Array<SharedArrayBuffer>;
  readonly buffer: SharedArrayBuffer;
  /** Rows at a time. */
  readonly run: number;
  readonly stride: number;
  readonly mean: Address;
  readonly model: Address;
  readonly labels: Address;
  readonly squares: Address;
  /** Where rows [row, row + count) are. */
  readonly rowsAt: (row: number, count: number) => Address;
}

/** Labels rows in their order, run by run; ties go to the lowest centroid. */
export function predict(job: PredictJob, team: Team): null {
  const { columns, rows, centroids, labels, distances, place } = job;
  const features = columns.length;
  const k = centroids.length;
  const desk =
    'blocks' in place ? tileDesk(place, columns, team.rank) : columnDesk(place, features, k, team.rank);
  const { kernels, floats, run, mean, model } = desk;
  const own = labelsIn(desk.buffer, desk.labels, run, k);
  floats.set(centroids.flat(), model / 8);
  kernels.prepare(features, k, model, 0);
  const [sd, scale] = [mean + 8 * features, mean + 16 * features];
  for (let row = team.claim() * run; row < rows; row = team.claim() * run) {
    const count = Math.min(run, rows - row);
    const at = desk.rowsAt(row, count);
    const squares = distances === undefined ? 0 : desk.squares;
    kernels.predict(features, k, count, at, desk.stride, mean, sd, scale, model, desk.labels, squares);
    labels.set(own.subarray(0, count), row);
    if (distances === undefined) continue;
    for (let i = 0; i < count; i++) distances[row + i] = Math.sqrt(floats[squares / 8 + i]!);
  }
  team.barrier();
  return null;
}

function tileDesk({ blocks }: TilePlace, columns: readonly Float64Array[], rank: number): Desk {
  const shard = openBlocks(blocks, rank)[0]!;
  const tile = tileOf(shard, blocks);
  const { kernels, floats, mean, memory } = shard;
  return {
    kernels,
    floats,
    buffer: memory.buffer,
    run: TILE,
    stride: TILE_STRIDE,
    mean,
    model: tile.at.model,
    labels: tile.at.keys,
    squares: tile.at.squares,
    rowsAt(row, count) {
      loadTile(tile, columns, row, count);
      return tile.at.columns;
    },
  };
}

function columnDesk(
  { memory, stride, scratch }: ColumnPlace,
  features: number,
  k: number,
  rank: number,
): Desk {
  const bytes = deskBytes(features, k);
  const { at } = layOut(deskSizes(features, k), scratch + scaleBytes(features) + rank * bytes);
  const { buffer } = memory;
  return {
    kernels: instantiate(memory),
    floats: new Float64Array(buffer),
    buffer,
    run: RUN,
    stride,
    mean: scratch,
    ...at,
    rowsAt: (row) => 8 * row,
  };
}

function deskSizes(features: number, k: number): Record<'labels' | 'squares' | 'model', number> {
  return { labels: 2 * RUN, squares: 8 * RUN, model: modelBytes(features, k) };
}

function deskBytes(features: number, k: number): number {
  return layOut(deskSizes(features, k), 0).end;
}

function scaleBytes(features: number): number {
  return Math.ceil((3 * 8 * features) / 64) * 64;
}

/** Bytes of scratch behind columns that so many threads need. */
export function columnScratchBytes(features: number, k: number, threads: number): number {
  return scaleBytes(features) + threads * deskBytes(features, k);
}
