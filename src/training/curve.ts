import type { Columns } from '../core/columns.js';
import type { Progress } from '../core/progress.js';
import type { Fit } from '../kernels/programs/fit.js';
import { blockSource } from '../kernels/row-source.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from './centre-silhouettes.js';
import { candidateKs } from './choose-k.js';
import { evidenceByK } from './evidence/by-k.js';
import { fitRows, type KMeansOptions, settle } from './kmeans.js';
import type { CurvePoint } from './metrics.js';
import type { Pool } from './pool.js';
import type { Rows } from './rows.js';
import type { Scaler } from './scaler.js';

/** A fit with its point on the curve. */
export interface Candidate {
  readonly fit: Fit;
  readonly point: CurvePoint;
}

const UNKNOWN = { lift: null, lift_se: null, recovery: null } as const;

/** Fits every k that `--k auto` tries and measures it on the training rows; then compares all with chance, on a sample of them. */
export async function fitCurve(
  rows: Rows,
  sample: Columns,
  scaler: Scaler,
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<Candidate[]> {
  const measured = await measureCurve(rows, options, pool, progress);
  progress.step('comparing numbers of segments with chance');
  const ks = measured.map(({ point }) => point.k);
  const evidence = await evidenceByK(sample, scaler, ks, options.seed, pool);
  return measured.map(({ fit, point }) => {
    const { lift, lift_se, recovery } = evidence.find(({ k }) => k === point.k) ?? UNKNOWN;
    return { fit, point: { ...point, lift, lift_se, recovery } };
  });
}

type Measured = Omit<CurvePoint, keyof typeof UNKNOWN>;

/** A fit with its figures on the training rows. */
export interface CurveFit {
  readonly fit: Fit;
  readonly point: Measured;
}

/** The fits and their figures alone. */
export async function measureCurve(
  rows: Rows,
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<CurveFit[]> {
  const ks = candidateKs(rows.blocks.rows);
  progress.step(`fitting k=${ks[0]} to ${ks.at(-1)}`);
  const measured: CurveFit[] = [];
  for (const fit of await fitRows(rows, ks, options, pool, progress)) {
    measured.push({ fit, point: await measurePoint(rows, fit, pool) });
  }
  return measured;
}

async function measurePoint(rows: Rows, fit: Fit, pool: Pool): Promise<Measured> {
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
