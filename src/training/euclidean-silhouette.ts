import type { Columns } from '../core/columns.js';
import { seededRandom } from '../core/random.js';
import { clusterMoments } from './cluster-moments.js';
import { type Clustering, countRows, type Groups, groupRows } from './clustering.js';
import { packedWidth } from './kernels/packed.js';
import type { Pool } from './pool.js';
import { sharedFloats } from './shared.js';
import { hasSilhouette, type SilhouetteScores, scoresOf } from './silhouette-scores.js';
import { allotSample, drawSorted } from './stratified-sample.js';

/** When the Euclidean Silhouette is exact and how it is estimated otherwise. */
export interface ExactOrSampled {
  /** Up to so many rows every track is scored; the time grows with the square of the rows. */
  readonly exactRows?: number | undefined;
  /** Tracks that are scored above that, each against all tracks. */
  readonly points?: number | undefined;
  /** Decides which. */
  readonly seed: number;
}

const DEFAULT_EXACT_ROWS = 50_000;
const DEFAULT_POINTS = 4000;

/** Points per block of work: a point may mean a million distances. */
const BLOCK_POINTS = 32;

/** Streams of random numbers that no other part of the training draws from. */
const SAMPLING_STREAM = 1_000_000;

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;

/**
 * `silhouette_euclidean`: scikit-learn's `silhouette_score`. Above `exactRows` rows it is estimated, under the name
 * `silhouette_euclidean_sampled_<points>` and with a 95 % interval, from a sample stratified by segment ("Revisiting Silhouette
 * Aggregation", 2024, arXiv:2401.05831) whose tracks are each scored against all tracks. Null where no Silhouette is defined.
 */
export async function silhouetteEuclidean(
  clustering: Clustering,
  options: ExactOrSampled,
  pool: Pool,
): Promise<SilhouetteScores | null> {
  const { columns, labels, k } = clustering;
  const sizes = countRows(labels, k);
  if (!hasSilhouette(sizes)) return null;
  const groups = groupRows(labels, k);
  const { exactRows = DEFAULT_EXACT_ROWS, points = DEFAULT_POINTS, seed } = options;
  const exact = columns.rows <= Math.max(exactRows, points);
  const allotted = exact ? sizes : allotSample(sizes, points);
  const sample = sizes.map((size, c) => {
    const first = groups.starts[c]!;
    return drawSorted(size, allotted[c]!, seededRandom(seed, SAMPLING_STREAM + c)).map((i) => first + i);
  });
  const scores = await scorePoints(clustering, groups, sample.flat(), pool);

  let at = 0;
  const strata = sample.map(({ length }, c) => {
    at += length;
    return stratumOf(scores.subarray(at - length, at), sizes[c]!);
  });
  const means = strata.map(({ mean }) => mean);
  if (exact) return scoresOf('silhouette_euclidean', means, sizes);
  const estimate = scoresOf(`silhouette_euclidean_sampled_${scores.length}`, means, sizes);
  const margin = Z95 * standardError(strata, columns.rows);
  return { ...estimate, ci95: [estimate.mean - margin, estimate.mean + margin] };
}

/** Scores of points, given by their positions in `groups.order`. */
async function scorePoints(
  { columns, labels, k }: Clustering,
  { order, starts }: Groups,
  positions: readonly number[],
  pool: Pool,
): Promise<Float64Array> {
  const { means } = await clusterMoments(columns, labels, k, pool);
  const points = Int32Array.from(positions);
  const scores = sharedFloats(points.length);
  await pool.run({
    kernel: 'pairSilhouette',
    args: {
      packed: packInOrder(columns, order),
      width: packedWidth(columns.data.length),
      k,
      starts,
      means,
      points,
      scores,
    },
    items: points.length,
    blockSize: BLOCK_POINTS,
  });
  return scores;
}

/** All rows, packed in the given order. */
function packInOrder({ data }: Columns, order: Int32Array): Float64Array {
  const width = packedWidth(data.length);
  const packed = sharedFloats(order.length * width);
  data.forEach((column, j) => {
    for (let i = 0, p = j; i < order.length; i++, p += width) packed[p] = column[order[i]!]!;
  });
  return packed;
}

interface Stratum {
  readonly size: number;
  readonly drawn: number;
  /** Null for a segment without rows. */
  readonly mean: number | null;
  /** Variance of a score, divisor drawn - 1. */
  readonly variance: number;
}

function stratumOf(scores: Float64Array, size: number): Stratum {
  const drawn = scores.length;
  if (drawn === 0) return { size, drawn, mean: null, variance: 0 };
  const mean = scores.reduce((sum, score) => sum + score, 0) / drawn;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { size, drawn, mean, variance: drawn > 1 ? squares / (drawn - 1) : 0 };
}

/** Standard error of a stratified mean with the correction for finite strata (Cochran, "Sampling techniques", 1977, eq. 5.7). */
function standardError(strata: readonly Stratum[], rows: number): number {
  const variance = strata.reduce(
    (sum, { size, drawn, variance: own }) =>
      drawn === 0 ? sum : sum + (size / rows) ** 2 * (own / drawn) * (1 - drawn / size),
    0,
  );
  return Math.sqrt(variance);
}
