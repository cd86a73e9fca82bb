import type { Progress } from '../../core/progress.js';
import type { SqlEngine } from '../../engine/sql-engine.js';
import { releaseBlocks } from '../../kernels/blocks.js';
import { AUTO_K } from '../choose-k.js';
import { EVIDENCE_ROWS, sampleRows } from '../evidence/sample.js';
import { decideSegments, type FittedSegments } from '../fit-segments.js';
import { compareWithEarlier } from '../identity/compare.js';
import { fitRows, label, ordered, withDefaults } from '../kmeans.js';
import type { SplitMeasures } from '../metrics.js';
import { type Pool, withPool } from '../pool.js';
import { EXEMPLARS } from '../profile.js';
import { loadRows, meanVariance, type Rows } from '../rows.js';
import { scalerFrom } from '../scaler.js';
import { summarise } from '../summaries.js';
import type { TrainingInput } from '../train.js';
import { modelOf, type TrainedModel } from '../trained-model.js';
import { withExactFigures } from './exact-summaries.js';
import { fitAtScale, type Pass, passOver } from './lloyd.js';
import { measureAtScale } from './measure.js';
import { momentsBySql } from './moments.js';
import { notesOnSample } from './notes.js';
import type { RowsAtScale } from './rows.js';

/** All rows of both sides of the split, where they lie. */
export interface SidesAtScale {
  readonly engine: SqlEngine;
  /** Relations with the contract's features as DOUBLE columns, all finite, and `id`. */
  readonly train: string;
  readonly test: string;
  /** Name of the column of texts that tells rows apart: `track_id`. */
  readonly id: string;
}

/** As for `trainModel`; `train` and `test` are samples of the rows of `all`, drawn without regard to what they hold. */
export interface TrainingAtScaleInput extends TrainingInput {
  readonly all: SidesAtScale;
}

/**
 * Trains a model of rows that an engine holds, and that don't all fit here. Scale, centroids, sizes, WCSS, the simplified and the squared
 * Silhouette, means and spreads of the segments, and drift's counts are of all rows. The choice of k, quantiles, exemplars, distances, the Euclidean
 * Silhouette and what became of the parent's segments are those of the sample that lies here, and the metrics' notes say so.
 *
 * @throws SegueError as `trainModel`; what the engine throws passes through
 */
export async function trainAtScale(input: TrainingAtScaleInput, progress: Progress): Promise<TrainedModel> {
  return withPool(input.threads, (pool) => trainOn(input, pool, progress));
}

async function trainOn(input: TrainingAtScaleInput, pool: Pool, progress: Progress): Promise<TrainedModel> {
  const { contract, all } = input;
  const names = contract.features.map(({ name }) => name);
  progress.step('learning the scale of all rows');
  const moments = await momentsBySql(all.engine, all.train, names);
  const scaler = scalerFrom(moments);
  const whole: RowsAtScale = { engine: all.engine, from: all.train, id: all.id, names, scaler };

  progress.step('reading the sample');
  const largestK = input.k === 'auto' ? AUTO_K.most : input.k;
  const { rows: sample, moments: sampleMoments } = await loadRows(
    input.train,
    { largestK, scalerOf: () => scaler },
    pool,
    progress,
  );
  const tolerance = withDefaults(input).tolerance * meanVariance(moments, scaler);
  const { pass, ...fitted } = await fitSegmentsAtScale(whole, sample, input, tolerance, pool, progress);
  const { centroids } = fitted.segmentation;

  progress.step('measuring');
  const here = await label(sample, centroids, pool);
  const train = await measureAtScale(whole, centroids, pass, sample, input, pool);
  progress.step('describing segments');
  const described = await summarise(sample, { centroids, sizes: here.sizes }, sampleMoments, EXEMPLARS, pool);
  const summaries = await withExactFigures(whole, centroids, pass, described);
  const inheritance = await compareWithEarlier(sample, { scaler, centroids }, input.parent, pool);
  releaseBlocks(sample.blocks); // the test rows take their place
  progress.step('measuring on the test rows');
  const test = await measureTest({ ...whole, from: all.test }, centroids, input, pool, progress);
  return modelOf({
    contract,
    options: input,
    moments,
    scaler,
    fitted,
    summaries,
    inheritance,
    train,
    test,
    notes: notesOnSample(input, { train, test }),
  });
}

/** As `fitSegments`: the sample's best start, and the parent's centroids, are both refined on all rows, and their inertias there decide. */
async function fitSegmentsAtScale(
  whole: RowsAtScale,
  sample: Rows,
  input: TrainingAtScaleInput,
  tolerance: number,
  pool: Pool,
  progress: Progress,
): Promise<FittedSegments & { readonly pass: Pass }> {
  const settings = { maxIterations: withDefaults(input).maxIterations, tolerance };
  const refine = (initial: readonly (readonly number[])[]) => fitAtScale(whole, initial, settings, progress);
  const fitter = {
    cold: async (k: number, candidate: { centroids: readonly (readonly number[])[] } | undefined) => {
      const start = candidate ?? (await fitRows(sample, [k], input, pool, progress))[0]!;
      return refine(start.centroids);
    },
    warm: refine,
  };
  const sampled = async () => sampleRows(input.train, EVIDENCE_ROWS, input.seed);
  const decided = await decideSegments(sample, whole.scaler, sampled, input, fitter, pool, progress);
  const { found, ...decision } = decided;
  const { order, ...segmentation } = ordered(found);
  const pass = { ...segmentation, sums: order.map((c) => found.sums[c]!) };
  return { ...decision, segmentation, pass };
}

async function measureTest(
  whole: RowsAtScale,
  centroids: readonly (readonly number[])[],
  input: TrainingAtScaleInput,
  pool: Pool,
  progress: Progress,
): Promise<SplitMeasures> {
  const pass = await passOver(whole, centroids);
  if (input.test.rows === 0) return measureAtScale(whole, centroids, pass, undefined, input, pool);
  const options = { largestK: centroids.length, scalerOf: () => whole.scaler };
  const { rows: sample } = await loadRows(input.test, options, pool, progress);
  await label(sample, centroids, pool);
  const measures = await measureAtScale(whole, centroids, pass, sample, input, pool);
  releaseBlocks(sample.blocks);
  return measures;
}
