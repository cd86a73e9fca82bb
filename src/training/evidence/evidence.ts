import type { Columns } from '../../core/columns.js';
import { silent } from '../../core/progress.js';
import { seededRandom } from '../../core/random.js';
import { releaseBlocks } from '../../kernels/blocks.js';
import type { Labels } from '../../kernels/labels.js';
import { inScaleOf, type ScaledCentroids } from '../identity/compare.js';
import { fitRows, label } from '../kmeans.js';
import { inLanes, type Pool, withPool } from '../pool.js';
import { labelsOf, type Rows, rowsOf } from '../rows.js';
import type { Scaler } from '../scaler.js';
import { sum } from '../sum.js';
import { adjustedRand, bestJaccards, crossTable } from './agreement.js';
import { halfOf, permuted, pick, resampleOf } from './sample.js';

/** A mean of several measurements, with their standard deviation. */
export interface Repeated {
  readonly mean: number;
  readonly sd: number;
  readonly times: number;
}

/** What speaks for segments being more than what K-Means finds anywhere, measured on a sample of the training rows. */
export interface Evidence {
  /** Rows of the sample; part of the figures' names. */
  readonly sample: number;
  /** Share of the sample's variance that the model explains: 1 - WCSS / total sum of squares. */
  readonly explained: number;
  /** The same of the model in production; null without one on the same features. */
  readonly production: number | null;
  /** The same of segments fitted to features that have nothing to do with each other: as many segments as the model has. */
  readonly chance: Repeated;
  /** As `chance`, with as many segments as production has; null without production. */
  readonly productionChance: Repeated | null;
  /** Adjusted Rand index of models fitted to either half of the sample, on all of it. */
  readonly halves: Repeated;
  /** Per segment: Jaccard index with the most similar one of a model fitted to a resample, on average. */
  readonly recovery: readonly number[];
}

export const REPEATS = { permutations: 20, halves: 10, resamples: 20 } as const;

/** K-Means starts of each of these fits: with three, shuffled features end in so many local optima that chance has no level. */
const STARTS = 10;

/** Rows for each segment without which halves and resamples say nothing. */
export const LEAST_ROWS = 20;

export interface Gathered {
  /** Segment of each row of the sample, as the trainer's kernels say. */
  readonly labels: Labels;
  /** Null where there are too few rows, or one segment only. */
  readonly evidence: Evidence | null;
}

export interface EvidenceAsked {
  readonly sample: Columns;
  readonly model: ScaledCentroids;
  readonly production: ScaledCentroids | undefined;
  readonly seed: number;
  readonly threads: number;
}

/**
 * Compares a model with chance and with itself: a permutation null (every column shuffled, so that marginals stay and structure goes; of
 * explained variance, which K-Means seeks: a Silhouette is often larger where shuffled outliers stand alone),
 * split-half stability, and recovery of each segment by the bootstrap (Hennig, "Cluster-wise assessment of cluster stability", 2007; R's
 * `fpc::clusterboot`). All in the model's own scale. The same input gives the same figures, whatever the number of threads.
 */
export async function gatherEvidence(asked: EvidenceAsked): Promise<Gathered> {
  return withPool(asked.threads, (pool) => gather(asked, pool));
}

async function gather({ sample, model, production, seed }: EvidenceAsked, pool: Pool): Promise<Gathered> {
  const { scaler, centroids } = model;
  const k = centroids.length;
  const rows = await rowsOf(sample, scaler, Math.max(k, production?.centroids.length ?? 0), pool);
  const earlier = production === undefined ? undefined : inScaleOf(scaler, production);
  const explainedBefore = earlier === undefined ? null : await explainedBy(rows, earlier, pool);
  const explained = await explainedBy(rows, centroids, pool);
  const labels = await labelsOf(rows, pool);
  if (k < 2 || sample.rows < LEAST_ROWS * k) return { labels, evidence: null };

  /** Models of samples made one by one, each fitted by one thread. */
  const fitEach = (
    times: number,
    segments: number,
    first: number,
    sampleOf: (n: number) => Columns,
  ): Promise<Fitted[]> =>
    inLanes(pool, times, times * sample.rows, (n, lane) =>
      fitTo(sampleOf(n), scaler, segments, seed + first + n, lane),
    );
  const chanceOf = async (segments: number): Promise<Repeated> => {
    const fits = await fitEach(REPEATS.permutations, segments, 0, (n) =>
      permuted(sample, seededRandom(seed, n)),
    );
    return repeated(fits.map((fit) => fit.explained));
  };
  const labelsBy = async (fitted: Fitted): Promise<Labels> => {
    await label(rows, fitted.centroids, pool);
    return labelsOf(rows, pool);
  };

  const chance = await chanceOf(k);
  const sameK = production === undefined || production.centroids.length === k;
  const halves = await fitEach(2 * REPEATS.halves, k, 0, (n) => pick(sample, halfOf(sample.rows, seed, n)));
  const agreements: number[] = [];
  for (let n = 0; n < halves.length; n += 2) {
    const one = await labelsBy(halves[n]!);
    const other = await labelsBy(halves[n + 1]!);
    agreements.push(adjustedRand(crossTable(one, other, k, k)));
  }
  const resamples = await fitEach(REPEATS.resamples, k, 3000, (n) =>
    pick(sample, resampleOf(sample.rows, seed, n)),
  );
  const recovered: number[][] = [];
  for (const resample of resamples) {
    recovered.push(bestJaccards(crossTable(labels, await labelsBy(resample), k, k)));
  }
  releaseBlocks(rows.blocks);
  const evidence: Evidence = {
    sample: sample.rows,
    explained,
    production: explainedBefore,
    chance,
    productionChance:
      production === undefined ? null : sameK ? chance : await chanceOf(production.centroids.length),
    halves: repeated(agreements),
    recovery: centroids.map((_, c) => sum(recovered.map((one) => one[c]!)) / recovered.length),
  };
  return { labels, evidence };
}

export async function explainedBy(
  rows: Rows,
  centroids: readonly (readonly number[])[],
  pool: Pool,
): Promise<number> {
  const { within } = await label(rows, centroids, pool);
  return shareOf(rows, sum(within));
}

interface Fitted {
  readonly centroids: readonly (readonly number[])[];
  readonly explained: number;
}

async function fitTo(columns: Columns, scaler: Scaler, k: number, seed: number, pool: Pool): Promise<Fitted> {
  const rows = await rowsOf(columns, scaler, k, pool);
  const [found] = await fitRows(rows, [k], { seed, starts: STARTS }, pool, silent);
  releaseBlocks(rows.blocks);
  return { centroids: found!.centroids, explained: shareOf(rows, found!.inertia) };
}

/** Share of the variance that is explained; 0 where there is none. */
export function shareOf({ blocks, names, variance }: Rows, wcss: number): number {
  const total = variance * names.length * blocks.rows;
  return total === 0 ? 0 : 1 - wcss / total;
}

export function repeated(values: readonly number[]): Repeated {
  const times = values.length;
  const mean = sum(values) / times;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (times - 1);
  return { mean, sd: Math.sqrt(variance), times };
}
