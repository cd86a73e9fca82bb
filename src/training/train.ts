import type { Progress } from '../core/progress.js';
import type { FeatureContract } from '../features/contract.js';
import { releaseBlocks } from '../kernels/blocks.js';
import { AUTO_K } from './choose-k.js';
import type { DistanceQuantiles } from './distance-quantiles.js';
import { EVIDENCE_ROWS, sampleRows } from './evidence/sample.js';
import { type FittedSegments, fitSegments } from './fit-segments.js';
import { compareWithEarlier, type Inheritance, type ScaledCentroids } from './identity/compare.js';
import { label, withDefaults } from './kmeans.js';
import { measure } from './measure.js';
import { type ModelMetrics, type SplitMeasures, segmentSplitMetrics, splitMetrics } from './metrics.js';
import { openPool, type Pool } from './pool.js';
import { EXEMPLARS, type Profile, profileSegments } from './profile.js';
import { type FeatureReference, referenceOf } from './reference.js';
import { loadRows, type RowStream } from './rows.js';
import { isConstant, type Scaler, scalerFrom } from './scaler.js';
import { summarise } from './summaries.js';

/** A segment before it has its permanent id. */
export interface TrainedSegment {
  readonly cluster_id: number;
  /** Proposed from its two strongest contrasts with the catalogue. */
  readonly name: { readonly en: string; readonly es: string };
  /** Training rows in it, and their share of all training rows. */
  readonly rows: number;
  readonly share: number;
  /** How far its training rows lie from its centroid; null for a segment without rows. */
  readonly distances: DistanceQuantiles | null;
}

export interface TrainingSettings {
  readonly k: number;
  readonly k_mode: FittedSegments['k_mode'];
  readonly seed: number;
  readonly starts: number;
  /** Whether it began at production's centroids: it depends on that model too then. */
  readonly start: 'warm' | 'cold';
  readonly max_iterations: number;
  readonly tolerance: number;
}

export interface TrainingInput {
  /** Rows in the contract's units, features only, in canonical order. */
  readonly train: RowStream;
  readonly test: RowStream;
  readonly contract: FeatureContract;
  /** Number of segments, or `auto`: the parent's, or a choice among 2 to 12. */
  readonly k: number | 'auto';
  /** With `auto`: choose k anew where the parent's would be held. */
  readonly chooseK?: boolean | undefined;
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
  /** The model in production, trained on the same features: the new segments are matched with its own. */
  readonly parent?: ScaledCentroids | undefined;
  /** Has no say in the result. */
  readonly threads: number;
}

/** All that T2 writes, but for names of tracks and the version. */
export interface TrainedModel {
  readonly scaler: Scaler;
  readonly centroids: readonly (readonly number[])[];
  readonly segments: readonly TrainedSegment[];
  /** What it has of the parent's segments. */
  readonly inheritance: Inheritance;
  readonly reference: readonly FeatureReference[];
  readonly settings: TrainingSettings;
  readonly metrics: Omit<ModelMetrics, 'version'>;
  /** Its exemplars still lack their tracks (`withExemplars`). */
  readonly profile: Profile;
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
  const { contract } = input;
  progress.step('reading rows');
  const largestK = input.k === 'auto' ? AUTO_K.most : input.k;
  const { rows: train, moments } = await loadRows(
    input.train,
    { largestK, scalerOf: scalerFrom },
    pool,
    progress,
  );
  const scaler = scalerFrom(moments);
  const constantFeatures = train.names.filter((_, j) => isConstant(moments[j]!));

  const sampled = async () => sampleRows(input.train, EVIDENCE_ROWS, input.seed);
  const fitted = await fitSegments(train, scaler, sampled, input, pool, progress);
  const { segmentation, curve } = fitted;
  const { centroids, sizes } = segmentation;
  const k = centroids.length;

  progress.step('measuring');
  const trainMeasures = await measure(train, segmentation, input, pool);
  progress.step('describing segments');
  const summaries = await summarise(train, segmentation, moments, EXEMPLARS, pool);
  const inheritance = await compareWithEarlier(train, { scaler, centroids }, input.parent, pool);
  releaseBlocks(train.blocks); // the test rows take their place
  progress.step('measuring on the test rows');
  const testMeasures = await measureTest(input, scaler, centroids, pool, progress);
  const profile = profileSegments({
    contract,
    moments,
    summaries: summaries.segments,
    sizes,
    testSizes: testMeasures.rows,
  });
  return {
    scaler,
    centroids,
    segments: profile.segments.map(({ cluster_id, name, rows, share }, c) => ({
      cluster_id,
      name,
      rows: rows.train,
      share: share.train,
      distances: summaries.segments[c]!.distances,
    })),
    inheritance,
    reference: referenceOf(train.names, moments, summaries.all),
    settings: settingsOf(input, k, fitted),
    metrics: {
      k,
      train: splitMetrics(trainMeasures, notesOn(constantFeatures, sizes)),
      test: splitMetrics(testMeasures),
      segments: sizes.map((_, c) => ({
        cluster_id: c,
        train: segmentSplitMetrics(trainMeasures, c),
        test: segmentSplitMetrics(testMeasures, c),
      })),
      start: fitted.start,
      churn: inheritance.churn,
      proposed_k: fitted.proposedK,
      ...(curve === undefined ? {} : { k_curve: curve }),
    },
    profile,
    constantFeatures,
  };
}

/** Labels the test rows by the model and measures them. Without a row there is nothing to measure. */
async function measureTest(
  input: TrainingInput,
  scaler: Scaler,
  centroids: readonly (readonly number[])[],
  pool: Pool,
  progress: Progress,
): Promise<SplitMeasures> {
  const k = centroids.length;
  if (input.test.rows === 0) {
    const none = Array.from({ length: k }, () => 0);
    return { rows: none, wcss: none, silhouettes: null };
  }
  const { rows: test } = await loadRows(input.test, { largestK: k, scalerOf: () => scaler }, pool, progress);
  const measures = await measure(test, { centroids, ...(await label(test, centroids, pool)) }, input, pool);
  releaseBlocks(test.blocks);
  return measures;
}

function settingsOf(input: TrainingInput, k: number, { k_mode, start }: FittedSegments): TrainingSettings {
  const { starts, maxIterations, tolerance } = withDefaults(input);
  return {
    k,
    k_mode,
    seed: input.seed,
    starts,
    start: start.kept,
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
