import type { Columns } from '../core/columns.js';
import { packedWidth } from './kernels/packed.js';
import type { Pool } from './pool.js';
import { relocateEmpty } from './relocate.js';
import {
  addBlocks,
  BLOCK_ROWS,
  packPoints,
  rowBlocks,
  sharedFloats,
  sharedInts,
  sum,
  unpackPoints,
} from './shared.js';

export interface LloydSettings {
  readonly maxIterations: number;
  /** Stops when the squared moves of the centroids add up to no more than this (absolute, in squared units of the columns). */
  readonly tolerance: number;
}

/** Arrays as long as the data, which the next start uses again (see `sharedFloats`). */
export interface RowScratch {
  readonly slack: Float64Array<SharedArrayBuffer>;
  readonly squares: Float64Array<SharedArrayBuffer>;
}

export function allocateScratch(rows: number): RowScratch {
  return { slack: sharedFloats(rows), squares: sharedFloats(rows) };
}

/** Why it stopped: no label changed, the centroids hardly moved, or the iterations were used up. */
export type Stop = 'labels' | 'tolerance' | 'iterations';

export interface LloydResult {
  readonly centroids: readonly (readonly number[])[];
  /** Nearest of those centroids, per row; ties to the lower one. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Sum of the squared distances to them, per segment. */
  readonly within: readonly number[];
  /** Sum of all of those. */
  readonly inertia: number;
  readonly iterations: number;
  readonly stop: Stop;
}

/**
 * Lloyd's algorithm from given centroids, with the steps, stops and counts of scikit-learn's `_kmeans_single_lloyd`. The same input
 * gives the same bits for any number of threads.
 *
 * @param initial k points
 * @param labels one per row; becomes the result's
 */
export async function lloyd(
  columns: Columns,
  initial: readonly (readonly number[])[],
  settings: LloydSettings,
  pool: Pool,
  labels: Int32Array<SharedArrayBuffer> = sharedInts(columns.rows),
  scratch: RowScratch = allocateScratch(columns.rows),
): Promise<LloydResult> {
  const step = startLloyd(columns, initial, pool, labels, scratch);
  let iterations = 0;
  let stop: Stop = 'iterations';
  while (iterations < settings.maxIterations) {
    iterations++;
    const { changed, moved } = await step.iterate();
    if (changed === 0) {
      stop = 'labels';
      break;
    }
    if (moved <= settings.tolerance) {
      stop = 'tolerance';
      break;
    }
  }
  if (stop !== 'labels') await step.assign(); // labels of the centroids as they are now
  const within = await step.within();
  const centroids = unpackPoints(step.centroids(), columns.names.length);
  return { centroids, labels, within, inertia: sum(within), iterations, stop };
}

interface Steps {
  centroids(): Float64Array;
  /** Assigns every row; resolves to the number of labels that changed. */
  assign(): Promise<number>;
  /** Assigns, then moves the centroids; `moved` is the sum of their squared moves. */
  iterate(): Promise<{ readonly changed: number; readonly moved: number }>;
  /** Sum of the squared distances to the centroids, per segment. */
  within(): Promise<number[]>;
}

function startLloyd(
  columns: Columns,
  initial: readonly (readonly number[])[],
  pool: Pool,
  labels: Int32Array<SharedArrayBuffer>,
  { slack, squares }: RowScratch,
): Steps {
  const { rows, data } = columns;
  const k = initial.length;
  const width = packedWidth(data.length);
  const blocks = rowBlocks(rows);
  const shape = { items: rows, blockSize: BLOCK_ROWS };
  labels.fill(-1);
  slack.fill(-Infinity);
  const drift = new Float64Array(k);
  const changed = sharedInts(blocks);
  const counts = sharedInts(blocks * k);
  const sums = sharedFloats(blocks * k * width);
  const within = sharedFloats(blocks * k);
  let centroids = packPoints(initial);

  const assign = async (): Promise<number> => {
    const args = { columns: data, centroids, k, labels, slack, drift, changed, counts, sums };
    await pool.run({ kernel: 'assign', args, ...shape });
    return addBlocks(changed, 1)[0]!;
  };
  const measureOwn = async (): Promise<void> => {
    const args = { columns: data, centres: centroids, k, labels, squares, within };
    await pool.run({ kernel: 'ownDistance', args, ...shape });
  };

  return {
    centroids: () => centroids,
    assign,
    async iterate() {
      const moves = await assign();
      const size = addBlocks(counts, k);
      const total = addBlocks(sums, k * width);
      if (size.includes(0)) {
        await measureOwn();
        relocateEmpty(data, labels, squares, total, size);
      }
      const next = averages(total, size, data.length);
      const shifts = distances(centroids, next, width);
      addDrift(drift, shifts);
      centroids = next;
      return { changed: moves, moved: sum(shifts.map((shift) => shift * shift)) };
    },
    async within() {
      await measureOwn();
      return [...addBlocks(within, k)];
    },
  };
}

/** Mean per segment; an empty one is put where the largest is, as scikit-learn's `_average_centers` intends. */
function averages(sums: Float64Array, counts: Float64Array, features: number): Float64Array {
  const width = sums.length / counts.length;
  const largest = counts.indexOf(Math.max(...counts));
  const means = new Float64Array(sums.length);
  counts.forEach((count, c) => {
    const from = count > 0 ? c : largest;
    for (let j = 0; j < features; j++) means[c * width + j] = sums[from * width + j]! / counts[from]!;
  });
  return means;
}

function distances(a: Float64Array, b: Float64Array, width: number): number[] {
  return Array.from({ length: a.length / width }, (_, c) => {
    let squares = 0;
    for (let p = c * width; p < (c + 1) * width; p++) squares += (a[p]! - b[p]!) ** 2;
    return Math.sqrt(squares);
  });
}

/** Adds to each centroid's drift its own move and the largest of the others' (kernels/assign.ts). */
function addDrift(drift: Float64Array, shifts: readonly number[]): void {
  const order = shifts.toSorted((a, b) => b - a);
  shifts.forEach((shift, c) => {
    drift[c]! += shift + ((shift === order[0] ? order[1] : order[0]) ?? 0);
  });
}
