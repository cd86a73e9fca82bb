import type { Progress } from '../core/progress.js';
import type { FeatureContract } from '../features/contract.js';
import { releaseBlocks } from '../kernels/blocks.js';
import { AUTO_K } from './choose-k.js';
import { EVIDENCE_ROWS, sampleRows } from './evidence/sample.js';
import { fitSegments } from './fit-segments.js';
import { compareWithEarlier, type ScaledCentroids } from './identity/compare.js';
import { label } from './kmeans.js';
import { measure } from './measure.js';
import type { SplitMeasures } from './metrics.js';
import { type Pool, withPool } from './pool.js';
import { EXEMPLARS } from './profile.js';
import { loadRows, type RowStream } from './rows.js';
import { type Scaler, scalerFrom } from './scaler.js';
import { summarise } from './summaries.js';
import { modelOf, type TrainedModel } from './trained-model.js';

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

/**
 * Trains a model: scaler, K-Means, measures on both sides, reference statistics, profile. The same input gives the same result, bit
 * for bit, whatever the number of threads.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer training rows than segments, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function trainModel(input: TrainingInput, progress: Progress): Promise<TrainedModel> {
  return withPool(input.threads, (pool) => trainOn(input, pool, progress));
}

async function trainOn(input: TrainingInput, pool: Pool, progress: Progress): Promise<TrainedModel> {
  progress.step('reading rows');
  const largestK = input.k === 'auto' ? AUTO_K.most : input.k;
  const { rows: train, moments } = await loadRows(
    input.train,
    { largestK, scalerOf: scalerFrom },
    pool,
    progress,
  );
  const scaler = scalerFrom(moments);

  const sampled = async () => sampleRows(input.train, EVIDENCE_ROWS, input.seed);
  const fitted = await fitSegments(train, scaler, sampled, input, pool, progress);
  const { segmentation } = fitted;
  const { centroids } = segmentation;

  progress.step('measuring');
  const trainMeasures = await measure(train, segmentation, input, pool);
  progress.step('describing segments');
  const summaries = await summarise(train, segmentation, moments, EXEMPLARS, pool);
  const inheritance = await compareWithEarlier(train, { scaler, centroids }, input.parent, pool);
  releaseBlocks(train.blocks); // the test rows take their place
  progress.step('measuring on the test rows');
  const testMeasures = await measureTest(input, scaler, centroids, pool, progress);
  return modelOf({
    contract: input.contract,
    options: input,
    moments,
    scaler,
    fitted,
    summaries,
    inheritance,
    train: trainMeasures,
    test: testMeasures,
  });
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
