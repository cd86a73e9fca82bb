import type { Progress } from '../core/progress.js';
import type { Fit } from '../kernels/programs/fit.js';
import { blockSource } from '../kernels/row-source.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from './centre-silhouettes.js';
import { candidateKs } from './choose-k.js';
import { fitRows, type KMeansOptions, settle } from './kmeans.js';
import type { CurvePoint } from './metrics.js';
import type { Pool } from './pool.js';
import type { Rows } from './rows.js';

/** A fit with its point on the curve. */
export interface Candidate {
  readonly fit: Fit;
  readonly point: CurvePoint;
}

/** Fits every k that `--k auto` tries and measures it on the training rows. */
export async function fitCurve(
  rows: Rows,
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<Candidate[]> {
  const ks = candidateKs(rows.blocks.rows);
  progress.step(`fitting k=${ks[0]} to ${ks.at(-1)}`);
  const candidates: Candidate[] = [];
  for (const fit of await fitRows(rows, ks, options, pool, progress)) {
    candidates.push({ fit, point: await measurePoint(rows, fit, pool) });
  }
  return candidates;
}

async function measurePoint(rows: Rows, fit: Fit, pool: Pool): Promise<CurvePoint> {
  const { centroids, sizes, inertia } = await settle(rows, fit, pool);
  const clustering = { source: blockSource(rows.blocks), k: centroids.length };
  return {
    k: centroids.length,
    wcss: inertia,
    silhouette_simplified: (await silhouetteSimplified(clustering, centroids, pool))?.mean ?? null,
    silhouette_sqeuclidean: (await silhouetteSqeuclidean(clustering, pool))?.mean ?? null,
    smallest_share: Math.min(...sizes) / rows.blocks.rows,
    iterations: fit.iterations,
  };
}
