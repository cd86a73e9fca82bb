import type { Columns } from '../core/columns.js';
import type { Progress } from '../core/progress.js';
import type { Fit } from '../kernels/programs/fit.js';
import { chooseK } from './choose-k.js';
import { type Candidate, fitCurve } from './curve.js';
import { inScaleOf, type ScaledCentroids } from './identity/compare.js';
import { fitRows, type KMeansOptions, type Segmentation, settle } from './kmeans.js';
import type { CurvePoint, StartFigures } from './metrics.js';
import type { Pool } from './pool.js';
import type { Rows } from './rows.js';
import type { Scaler } from './scaler.js';

/**
 * By what share of inertia a cold start must beat the warm one to take its place. Cold starts on nearly the same tracks find another
 * partition almost as good, in which most tracks change their segment.
 */
export const COLD_MARGIN = 0.02;

export interface SegmentOptions extends Omit<KMeansOptions, 'k' | 'initial'> {
  readonly k: number | 'auto';
  /** With `auto`: choose k anew where it would be held. */
  readonly chooseK?: boolean | undefined;
  readonly minSegmentShare: number;
  /** The model in production, on the same features. */
  readonly parent?: ScaledCentroids | undefined;
}

/** How k came about: given, chosen from the curve, or production's. */
export const K_MODES = ['fixed', 'auto', 'held'] as const;

export interface FittedSegments {
  readonly segmentation: Segmentation;
  readonly k_mode: (typeof K_MODES)[number];
  readonly start: StartFigures;
  /** Where k was not given. */
  readonly curve?: readonly CurvePoint[];
  /** What the curve would choose, where k was held and that is another one. */
  readonly proposedK: number | null;
}

/**
 * Fits the segments of rows, and leaves their labels in the blocks. Where a model is in production, `auto` holds its number of segments, and
 * its centroids, in the units of the catalogue, are one more start: it is kept unless a cold one is better by COLD_MARGIN.
 *
 * @param scaler of the rows
 * @param sampled gives a sample of them, in the units of the catalogue
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than segments
 */
export async function fitSegments(
  rows: Rows,
  scaler: Scaler,
  sampled: () => Promise<Columns>,
  { k: wanted, chooseK: anew = false, minSegmentShare, parent, ...options }: SegmentOptions,
  pool: Pool,
  progress: Progress,
): Promise<FittedSegments> {
  const candidates =
    wanted === 'auto' ? await fitCurve(rows, await sampled(), scaler, options, pool, progress) : undefined;
  const curve = candidates?.map(({ point }) => point);
  const chosen = curve === undefined ? undefined : chooseK(curve, minSegmentShare);
  const held = wanted === 'auto' && !anew ? parent?.centroids.length : undefined;
  const k = wanted === 'auto' ? (held ?? chosen!) : wanted;

  progress.step(`fitting k=${k}`);
  const cold = fitOf(candidates, k) ?? (await fitRows(rows, [k], options, pool, progress))[0]!;
  const warm = await fitWarm(rows, scaler, k, parent, options, pool, progress);
  const best = warm !== undefined && cold.inertia >= warm.inertia * (1 - COLD_MARGIN) ? warm : cold;
  return {
    segmentation: await settle(rows, best, pool),
    k_mode: wanted === 'auto' ? (held === undefined ? 'auto' : 'held') : 'fixed',
    start: {
      kept: best === cold ? 'cold' : 'warm',
      wcss_cold: cold.inertia,
      wcss_warm: warm?.inertia ?? null,
    },
    ...(curve === undefined ? {} : { curve }),
    proposedK: held === undefined || chosen === held ? null : chosen!,
  };
}

function fitOf(candidates: readonly Candidate[] | undefined, k: number): Fit | undefined {
  return candidates?.find(({ point }) => point.k === k)?.fit;
}

async function fitWarm(
  rows: Rows,
  scaler: Scaler,
  k: number,
  parent: ScaledCentroids | undefined,
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<Fit | undefined> {
  if (parent === undefined || parent.centroids.length !== k) return undefined;
  const initial = inScaleOf(scaler, parent);
  const [fit] = await fitRows(rows, [k], { ...options, initial }, pool, progress);
  return fit;
}
