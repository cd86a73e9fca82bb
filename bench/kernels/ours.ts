import type { Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { type Assignment, assign } from '#segue/training/assign.js';
import { type Candidate, fitCurve } from '#segue/training/curve.js';
import { silhouetteEuclidean } from '#segue/training/euclidean-silhouette.js';
import { fitKMeans, type KMeansFit } from '#segue/training/kmeans.js';
import type { Pool } from '#segue/training/pool.js';
import { fitScaler, type Scaler } from '#segue/training/scaler.js';
import { seedRows } from '#segue/training/seeding.js';
import { pointsAt } from '#segue/training/shared.js';

/** Every call of Segue's that the benches time: the ones that its own pipeline makes. */

export type Points = readonly (readonly number[])[];

export async function firstCentroids(columns: Columns, k: number, seed: number, pool: Pool): Promise<Points> {
  return pointsAt(columns, await seedRows(columns, k, seededRandom(seed), pool));
}

export async function fit(
  columns: Columns,
  initial: Points,
  pool: Pool,
  stop: { readonly maxIterations?: number; readonly tolerance?: number } = {},
): Promise<KMeansFit> {
  return fitKMeans(columns, { k: initial.length, seed: 0, initial, ...stop }, pool, silent);
}

export async function fitAuto(columns: Columns, starts: number, pool: Pool): Promise<Candidate[]> {
  return fitCurve(columns, { seed: 42, starts }, pool, silent);
}

export async function predict(columns: Columns, centroids: Points, pool: Pool): Promise<Assignment> {
  return assign(columns, centroids, pool);
}

/** The exact one, of all rows. */
export async function silhouette(
  columns: Columns,
  labels: Int32Array,
  k: number,
  pool: Pool,
): Promise<number> {
  const scores = await silhouetteEuclidean(
    { columns, labels, k },
    { exactRows: columns.rows, seed: 0 },
    pool,
  );
  return scores!.mean;
}

export function scaler(columns: Columns): Scaler {
  return fitScaler(columns);
}
