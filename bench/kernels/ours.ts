import type { Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { releaseBlocks } from '#segue/kernels/blocks.js';
import type { Labels } from '#segue/kernels/labels.js';
import { type Assignment, assign } from '#segue/training/assign.js';
import { AUTO_K } from '#segue/training/choose-k.js';
import { clusteringOf } from '#segue/training/clustering.js';
import { type CurveFit, measureCurve } from '#segue/training/curve.js';
import { silhouetteEuclidean } from '#segue/training/euclidean-silhouette.js';
import { fitKMeans, fitRows, type KMeansFit } from '#segue/training/kmeans.js';
import type { Pool } from '#segue/training/pool.js';
import { rowsOf } from '#segue/training/rows.js';
import { fitScaler, type Scaler, unitScaler } from '#segue/training/scaler.js';

/** Every call of Segue's that the benches time: the ones that its own pipeline makes. */

export type Points = readonly (readonly number[])[];

export async function firstCentroids(columns: Columns, k: number, seed: number, pool: Pool): Promise<Points> {
  const rows = await rowsOf(columns, unitScaler(columns.names.length), k, pool);
  const [found] = await fitRows(rows, [k], { seed, starts: 1, maxIterations: 0 }, pool, silent);
  releaseBlocks(rows.blocks);
  return found!.centroids;
}

export async function fit(
  columns: Columns,
  initial: Points,
  pool: Pool,
  stop: { readonly maxIterations?: number; readonly tolerance?: number } = {},
): Promise<KMeansFit> {
  return fitKMeans(columns, { k: initial.length, seed: 0, initial, ...stop }, pool, silent);
}

export async function fitAuto(columns: Columns, starts: number, pool: Pool): Promise<CurveFit[]> {
  const rows = await rowsOf(columns, unitScaler(columns.names.length), AUTO_K.most, pool);
  const candidates = await measureCurve(rows, { seed: 42, starts }, pool, silent);
  releaseBlocks(rows.blocks);
  return candidates;
}

export async function predict(columns: Columns, centroids: Points, pool: Pool): Promise<Assignment> {
  return assign(columns, centroids, pool);
}

/** The exact one, of all rows. */
export async function silhouette(columns: Columns, labels: Labels, k: number, pool: Pool): Promise<number> {
  const scores = await silhouetteEuclidean(
    clusteringOf(columns, labels, k),
    { exactRows: columns.rows, seed: 0 },
    pool,
  );
  return scores!.mean;
}

export async function scaler(columns: Columns, pool: Pool): Promise<Scaler> {
  return fitScaler(columns, pool);
}
