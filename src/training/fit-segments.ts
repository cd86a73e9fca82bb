import type { Columns } from '../core/columns.js';
import type { Progress } from '../core/progress.js';
import type { Fit } from '../kernels/programs/fit.js';
import type { LloydResult } from '../kernels/programs/lloyd.js';
import { chooseK } from './choose-k.js';
import { type Candidate, fitCurve } from './curve.js';
import { inScaleOf, type ScaledCentroids } from './identity/compare.js';
import { fitRows, type KMeansOptions, settle } from './kmeans.js';
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

/** How k and the start came about, for the metrics. */
export interface Decision {
  readonly k_mode: (typeof K_MODES)[number];
  readonly start: StartFigures;
  /** Where k was not given. */
  readonly curve?: readonly CurvePoint[];
  /** What the curve would choose, where k was held and that is another one. */
  readonly proposedK: number | null;
}

export interface FittedSegments extends Decision {
  /** In canonical order. */
  readonly segmentation: LloydResult;
}

/** Fits segments to all rows, whoever holds them. */
export interface Fitter<Found extends { readonly inertia: number }> {
  /**
   * From seeds of its own.
   *
   * @param candidate what the curve has of this k
   */
  cold(k: number, candidate: Fit | undefined): Promise<Found>;
  /** From given centroids. */
  warm(initial: readonly (readonly number[])[]): Promise<Found>;
}

/**
 * Fits the segments of rows, and leaves their labels in the blocks (`decideSegments`).
 *
 * @param scaler of the rows
 * @param sampled gives a sample of them, in the units of the catalogue
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than segments
 */
export async function fitSegments(
  rows: Rows,
  scaler: Scaler,
  sampled: () => Promise<Columns>,
  options: SegmentOptions,
  pool: Pool,
  progress: Progress,
): Promise<FittedSegments> {
  const fit = async (k: number, given: Pick<KMeansOptions, 'initial'> = {}): Promise<Fit> =>
    (await fitRows(rows, [k], { ...options, ...given }, pool, progress))[0]!;
  const fitter: Fitter<Fit> = {
    cold: async (k, candidate) => candidate ?? fit(k),
    warm: (initial) => fit(initial.length, { initial }),
  };
  const { found, ...decision } = await decideSegments(rows, scaler, sampled, options, fitter, pool, progress);
  return { segmentation: await settle(rows, found, pool), ...decision };
}

/**
 * Finds segments. Where a model is in production, `auto` holds its number of segments, and its centroids, in the units of the catalogue,
 * are one more start: it is kept unless a cold one is better by COLD_MARGIN.
 *
 * @param rows those that the curve is made of, all or a sample
 * @param scaler of the rows
 * @param sampled as of `fitSegments`
 */
export async function decideSegments<Found extends { readonly inertia: number }>(
  rows: Rows,
  scaler: Scaler,
  sampled: () => Promise<Columns>,
  options: SegmentOptions,
  fitter: Fitter<Found>,
  pool: Pool,
  progress: Progress,
): Promise<Decision & { readonly found: Found }> {
  const { k: wanted, chooseK: anew = false, minSegmentShare, parent } = options;
  const candidates =
    wanted === 'auto' ? await fitCurve(rows, await sampled(), scaler, options, pool, progress) : undefined;
  const curve = candidates?.map(({ point }) => point);
  const chosen = curve === undefined ? undefined : chooseK(curve, minSegmentShare);
  const held = wanted === 'auto' && !anew ? parent?.centroids.length : undefined;
  const k = wanted === 'auto' ? (held ?? chosen!) : wanted;

  progress.step(`fitting k=${k}`);
  const cold = await fitter.cold(k, fitOf(candidates, k));
  const initial = parent?.centroids.length === k ? inScaleOf(scaler, parent) : undefined;
  const warm = initial === undefined ? undefined : await fitter.warm(initial);
  const best = warm !== undefined && cold.inertia >= warm.inertia * (1 - COLD_MARGIN) ? warm : cold;
  return {
    found: best,
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
