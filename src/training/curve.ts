import type { Columns } from '../core/columns.js';
import type { Progress } from '../core/progress.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from './centre-silhouettes.js';
import { candidateKs } from './choose-k.js';
import { fitKMeans, type KMeansFit, type KMeansOptions } from './kmeans.js';
import { allocateScratch } from './lloyd.js';
import type { CurvePoint } from './metrics.js';
import type { Pool } from './pool.js';

/** A fit with its point on the curve. */
export interface Candidate {
  readonly fit: KMeansFit;
  readonly point: CurvePoint;
}

/** Fits every k that `--k auto` tries and measures it on the training rows. */
export async function fitCurve(
  columns: Columns,
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<Candidate[]> {
  const scratch = allocateScratch(columns.rows);
  const candidates: Candidate[] = [];
  for (const k of candidateKs(columns.rows)) {
    progress.step(`fitting k=${k}`);
    const fit = await fitKMeans(columns, { ...options, k }, pool, progress, scratch);
    candidates.push({ fit, point: await measurePoint(columns, fit, pool) });
  }
  return candidates;
}

async function measurePoint(columns: Columns, fit: KMeansFit, pool: Pool): Promise<CurvePoint> {
  const { centroids, labels, sizes } = fit;
  const clustering = { columns, labels, k: centroids.length };
  return {
    k: centroids.length,
    wcss: fit.inertia,
    silhouette_simplified: (await silhouetteSimplified(clustering, centroids, pool))?.mean ?? null,
    silhouette_sqeuclidean: (await silhouetteSqeuclidean(clustering, pool))?.mean ?? null,
    smallest_share: Math.min(...sizes) / columns.rows,
    iterations: fit.iterations,
  };
}
