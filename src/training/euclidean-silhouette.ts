import { seededRandom } from '../core/random.js';
import { labelRuns, type RowSource } from '../kernels/row-source.js';
import { type Clustering, countRows } from './clustering.js';
import { allScores, someScores } from './euclidean-scores.js';
import type { Pool } from './pool.js';
import { hasSilhouette, type SilhouetteScores, scoresOf } from './silhouette-scores.js';
import { allotSample, drawSorted } from './stratified-sample.js';
import { sum } from './sum.js';

/** When the Euclidean Silhouette is exact and how it is estimated otherwise. */
export interface ExactOrSampled {
  /** Up to so many rows every track is scored; the time grows with the square of the rows. */
  readonly exactRows?: number | undefined;
  /** Tracks that are scored above that, each against all tracks. */
  readonly points?: number | undefined;
  /** Decides which. */
  readonly seed: number;
  /** Tracks of each segment, where the rows are a sample of more: it is an estimate then, with a weight for each segment. */
  readonly population?: readonly number[] | undefined;
}

const DEFAULT_EXACT_ROWS = 50_000;
const DEFAULT_POINTS = 4000;

/** Streams of random numbers that no other part of the training draws from. */
const SAMPLING_STREAM = 1_000_000;

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;

/**
 * `silhouette_euclidean`: scikit-learn's `silhouette_score`. Above `exactRows` rows it is estimated, under the name
 * `silhouette_euclidean_sampled_<points>` and with a 95 % interval, from a sample stratified by segment ("Revisiting Silhouette
 * Aggregation", 2024, arXiv:2401.05831) whose tracks are each scored against all rows. Null where no Silhouette is defined.
 */
export async function silhouetteEuclidean(
  clustering: Clustering,
  options: ExactOrSampled,
  pool: Pool,
): Promise<SilhouetteScores | null> {
  const { rows } = clustering.source;
  const sizes = countRows(clustering);
  if (!hasSilhouette(sizes)) return null;
  const { exactRows = DEFAULT_EXACT_ROWS, points = DEFAULT_POINTS, seed } = options;
  const population = options.population ?? sizes;
  const all = rows <= Math.max(exactRows, points);
  const byStratum: number[][] = sizes.map(() => []);
  if (all) {
    const scores = await allScores(clustering, pool);
    let row = 0;
    for (const labels of labelRuns(clustering.source)) {
      for (const label of labels) byStratum[label]!.push(scores[row++]!);
    }
  } else {
    const sample = sampleRows(clustering.source, sizes, points, seed);
    const scores = await someScores(clustering, sample.rows, pool);
    sample.labels.forEach((label, i) => byStratum[label]!.push(scores[i]!));
  }
  const scored = sum(byStratum.map(({ length }) => length));
  const strata = byStratum.map((own, c) => stratumOf(own, population[c]!));
  const means = strata.map(({ mean }) => mean);
  if (scored === sum(population)) return scoresOf('silhouette_euclidean', means, population);
  const estimate = scoresOf(`silhouette_euclidean_sampled_${scored}`, means, population);
  // rows of a sample stand for all in both their roles: as the points that are scored, and as what these are scored against
  const against = strata.map((stratum, c) => ({ ...stratum, drawn: sizes[c]! }));
  const margin = Z95 * (standardError(strata) + standardError(against));
  return { ...estimate, ci95: [estimate.mean - margin, estimate.mean + margin] };
}

/** Draws rows from every segment and lists them in ascending order. */
function sampleRows(
  source: RowSource,
  sizes: readonly number[],
  points: number,
  seed: number,
): { readonly rows: readonly number[]; readonly labels: readonly number[] } {
  const drawn = allotSample(sizes, points).map((count, c) =>
    drawSorted(sizes[c]!, count, seededRandom(seed, SAMPLING_STREAM + c)),
  );
  const seen = new Int32Array(sizes.length);
  const found = new Int32Array(sizes.length);
  const sample = { rows: [] as number[], labels: [] as number[] };
  let row = -1;
  for (const labels of labelRuns(source)) {
    for (const label of labels) {
      row++;
      if (seen[label]!++ !== drawn[label]![found[label]!]) continue;
      found[label]!++;
      sample.rows.push(row);
      sample.labels.push(label);
    }
  }
  return sample;
}

interface Stratum {
  readonly size: number;
  readonly drawn: number;
  /** Null for a segment without rows. */
  readonly mean: number | null;
  /** Variance of a score, divisor drawn - 1. */
  readonly variance: number;
}

function stratumOf(scores: readonly number[], size: number): Stratum {
  const drawn = scores.length;
  if (drawn === 0) return { size, drawn, mean: null, variance: 0 };
  const mean = sum(scores) / drawn;
  const squares = sum(scores.map((score) => (score - mean) ** 2));
  return { size, drawn, mean, variance: drawn > 1 ? squares / (drawn - 1) : 0 };
}

/** Standard error of a stratified mean with the correction for finite strata (Cochran, "Sampling techniques", 1977, eq. 5.7). */
function standardError(strata: readonly Stratum[]): number {
  const rows = sum(strata.map(({ size }) => size));
  const parts = strata.map(({ size, drawn, variance }) =>
    drawn === 0 ? 0 : (size / rows) ** 2 * (variance / drawn) * (1 - drawn / size),
  );
  return Math.sqrt(sum(parts));
}
