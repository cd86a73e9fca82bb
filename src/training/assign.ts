import { type ColumnMemory, type Columns, columnMemory } from '../core/columns.js';
import { allocateBlocks, releaseBlocks, setScale } from '../kernels/blocks.js';
import { allocateLabels, type Labels } from '../kernels/labels.js';
import { columnScratchBytes, type PredictJob } from '../kernels/programs/predict.js';
import type { Pool } from './pool.js';
import { type Scaler, unitScaler } from './scaler.js';
import { sharedFloats } from './shared.js';

export interface Assignment {
  /** Nearest centroid of each row; of equally near ones the lowest. */
  readonly labels: Labels;
  /** Euclidean distance of each row to it, where asked for. */
  readonly distances?: Float64Array<SharedArrayBuffer>;
}

export interface AssignOptions {
  /** Scale of the rows; none if they are standardised. */
  readonly scaler?: Scaler;
  readonly distances?: boolean;
}

/**
 * Labels rows by their nearest centroid, with the arithmetic of the fit: training rows get the labels they were trained with. As
 * scikit-learn's `KMeans.predict`.
 *
 * @param centroids k points, standardised
 */
export async function assign(
  columns: Columns,
  centroids: readonly (readonly number[])[],
  pool: Pool,
  options: AssignOptions = {},
): Promise<Assignment> {
  const { rows, data } = columns;
  const scaler = options.scaler ?? unitScaler(data.length);
  const labels = allocateLabels(rows, centroids.length);
  const out = options.distances === true ? { labels, distances: sharedFloats(rows) } : { labels };
  const run = (place: PredictJob['place']): Promise<null> =>
    pool.run('predict', { place, columns: data, rows, centroids, ...out }, rows);
  const own = columnMemory(columns);
  if (own !== undefined && hasRoom(own, data.length, centroids.length, pool.threads)) {
    await inPlace(own, scaler, run);
  } else {
    const blocks = allocateBlocks(1, data.length, centroids.length, pool.threads);
    setScale(blocks, scaler);
    await run({ blocks });
    releaseBlocks(blocks);
  }
  return out;
}

/** Memories whose scratch is in use. */
const taken = new WeakSet<WebAssembly.Memory>();

function hasRoom({ memory, scratch }: ColumnMemory, features: number, k: number, threads: number): boolean {
  return !taken.has(memory) && columnScratchBytes(features, k, threads) <= memory.buffer.byteLength - scratch;
}

/** Runs with the scratch behind the columns, which nobody else may use meanwhile. */
async function inPlace(
  { memory, stride, scratch }: ColumnMemory,
  { mean, sd }: Scaler,
  run: (place: PredictJob['place']) => Promise<null>,
): Promise<void> {
  taken.add(memory);
  try {
    const scale = [...mean, ...sd, ...sd.map((unit) => 1 / unit)];
    new Float64Array(memory.buffer, scratch, scale.length).set(scale);
    await run({ memory, stride, scratch });
  } finally {
    taken.delete(memory);
  }
}
