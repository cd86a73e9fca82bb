import type { Columns } from '../core/columns.js';
import type { Progress } from '../core/progress.js';
import type { FeatureContract } from '../features/contract.js';
import { assign } from './assign.js';
import { chooseK } from './choose-k.js';
import { fitCurve } from './curve.js';
import { fitKMeans, type KMeansFit, withDefaults } from './kmeans.js';
import { measure } from './measure.js';
import { type CurvePoint, type ModelMetrics, segmentSplitMetrics, splitMetrics } from './metrics.js';
import { checkFinite, fitMoments } from './moments.js';
import { openPool, type Pool } from './pool.js';
import { type Profile, profileSegments } from './profile.js';
import { type FeatureReference, referenceOf } from './reference.js';
import { isConstant, type Scaler, scalerFrom, standardise } from './scaler.js';

export interface Segment {
  readonly cluster_id: number;
  /** Proposed from its two strongest contrasts with the catalogue. */
  readonly name: { readonly en: string; readonly es: string };
  /** Training rows in it, and their share of all training rows. */
  readonly rows: number;
  readonly share: number;
}

export interface TrainingSettings {
  readonly k: number;
  /** Whether k was given or chosen from the curve. */
  readonly k_mode: 'fixed' | 'auto';
  readonly seed: number;
  readonly starts: number;
  readonly max_iterations: number;
  readonly tolerance: number;
}

export interface TrainingInput {
  /** Rows in the contract's units, features only, in canonical order. */
  readonly train: Columns;
  readonly test: Columns;
  readonly contract: FeatureContract;
  /** Number of segments, or `auto` for a choice among 2 to 12. */
  readonly k: number | 'auto';
  readonly seed: number;
  readonly starts?: number;
  readonly maxIterations?: number;
  readonly tolerance?: number;
  /** `auto` prefers a k whose segments all hold at least this share of the training rows. */
  readonly minSegmentShare: number;
  /** Rows up to which the Euclidean Silhouette is exact. */
  readonly exactRows?: number | undefined;
  /** Points that it is estimated from above that. */
  readonly silhouettePoints?: number | undefined;
  /** Has no say in the result. */
  readonly threads: number;
}

/** All that T2 writes, but for names of tracks and the version. */
export interface TrainedModel {
  readonly scaler: Scaler;
  readonly centroids: readonly (readonly number[])[];
  readonly segments: readonly Segment[];
  readonly reference: readonly FeatureReference[];
  readonly settings: TrainingSettings;
  readonly metrics: Omit<ModelMetrics, 'version'>;
  /** Its exemplars still lack their tracks (`withExemplars`). */
  readonly profile: Profile;
  readonly labels: { readonly train: Int32Array; readonly test: Int32Array };
  /** Features that are the same in every training row; their scale is 1. */
  readonly constantFeatures: readonly string[];
}

/**
 * Trains a model: scaler, K-Means, measures on both sides, reference statistics, profile. The same input gives the same result, bit
 * for bit, whatever the number of threads.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer training rows than segments, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function trainModel(input: TrainingInput, progress: Progress): Promise<TrainedModel> {
  const pool = openPool(input.threads);
  try {
    return await trainOn(input, pool, progress);
  } finally {
    await pool.close();
  }
}

async function trainOn(input: TrainingInput, pool: Pool, progress: Progress): Promise<TrainedModel> {
  const { contract, train, test } = input;
  progress.step('scaling');
  checkFinite(test);
  const moments = fitMoments(train);
  const scaler = scalerFrom(moments);
  const scaled = { train: standardise(train, scaler), test: standardise(test, scaler) };
  const constantFeatures = train.names.filter((_, j) => isConstant(moments[j]!));

  const { fit, curve } = await fitSegments(input, scaled.train, pool, progress);
  const { centroids, labels, sizes } = fit;
  const k = centroids.length;

  progress.step('measuring');
  const { distances } = await assign(scaled.train, centroids, pool);
  const testLabels = (await assign(scaled.test, centroids, pool)).labels;
  const sides = {
    train: await measure({ columns: scaled.train, labels, k }, centroids, input, pool),
    test: await measure({ columns: scaled.test, labels: testLabels, k }, centroids, input, pool),
  };

  progress.step('describing segments');
  const profile = profileSegments({
    contract,
    train: { columns: train, labels, k },
    moments,
    distances,
    testSizes: sides.test.rows,
  });
  return {
    scaler,
    centroids,
    segments: profile.segments.map(({ cluster_id, name, rows, share }) => ({
      cluster_id,
      name,
      rows: rows.train,
      share: share.train,
    })),
    reference: referenceOf(train, moments),
    settings: settingsOf(input, k),
    metrics: {
      k,
      train: splitMetrics(sides.train, notesOn(constantFeatures, sizes)),
      test: splitMetrics(sides.test),
      segments: sizes.map((_, c) => ({
        cluster_id: c,
        train: segmentSplitMetrics(sides.train, c),
        test: segmentSplitMetrics(sides.test, c),
      })),
      ...(curve === undefined ? {} : { k_curve: curve }),
    },
    profile,
    labels: { train: labels, test: testLabels },
    constantFeatures,
  };
}

async function fitSegments(
  { k, minSegmentShare, ...options }: TrainingInput,
  columns: Columns,
  pool: Pool,
  progress: Progress,
): Promise<{ readonly fit: KMeansFit; readonly curve?: readonly CurvePoint[] }> {
  if (k !== 'auto') {
    progress.step(`fitting k=${k}`);
    return { fit: await fitKMeans(columns, { ...options, k }, pool, progress) };
  }
  const candidates = await fitCurve(columns, options, pool, progress);
  const curve = candidates.map(({ point }) => point);
  const chosen = chooseK(curve, minSegmentShare);
  return { fit: candidates.find(({ point }) => point.k === chosen)!.fit, curve };
}

function settingsOf({ k, seed, ...input }: TrainingInput, fitted: number): TrainingSettings {
  const { starts, maxIterations, tolerance } = withDefaults(input);
  return {
    k: fitted,
    k_mode: k === 'auto' ? 'auto' : 'fixed',
    seed,
    starts,
    max_iterations: maxIterations,
    tolerance,
  };
}

/** What a reader of the training figures should know. */
function notesOn(constantFeatures: readonly string[], sizes: readonly number[]): string[] {
  const empty = sizes.filter((size) => size === 0).length;
  return [
    ...constantFeatures.map(
      (name) => `${name} is the same in every training row: it tells no segments apart.`,
    ),
    ...(empty === 0
      ? []
      : [`${empty} of ${sizes.length} segments are empty: there are fewer distinct rows.`]),
  ];
}
