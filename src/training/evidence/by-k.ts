import type { Columns } from '../../core/columns.js';
import { silent } from '../../core/progress.js';
import { seededRandom } from '../../core/random.js';
import { releaseBlocks } from '../../kernels/blocks.js';
import type { Labels } from '../../kernels/labels.js';
import type { Fit } from '../../kernels/programs/fit.js';
import { fitRows, label } from '../kmeans.js';
import { inLanes, type Pool } from '../pool.js';
import { labelsOf, type Rows, rowsOf } from '../rows.js';
import type { Scaler } from '../scaler.js';
import { sum } from '../sum.js';
import { bestJaccards, crossTable } from './agreement.js';
import { explainedBy, LEAST_ROWS, repeated, shareOf } from './evidence.js';
import { halfOf, permuted, pick } from './sample.js';

/** What speaks for a number of segments, measured on a sample. */
export interface KEvidence {
  readonly k: number;
  /** Share of the variance explained above that in shuffled features. */
  readonly lift: number;
  /** Its standard error, from models of half the sample. */
  readonly lift_se: number;
  /** Jaccard index of the segment that those models find again least, on average. */
  readonly recovery: number;
}

/** Fewer than for a verdict: what is compared are many k with each other. */
const PERMUTATIONS = 10;
const SPLITS = 5;
const STARTS = 5;

/**
 * Compares numbers of segments on a sample: each shuffled sample and each half is sorted once and fitted for all of them. Numbers that the sample
 * is too small for are left out.
 *
 * @param scaler of the training rows
 */
export async function evidenceByK(
  sample: Columns,
  scaler: Scaler,
  candidates: readonly number[],
  seed: number,
  pool: Pool,
): Promise<KEvidence[]> {
  const ks = candidates.filter((k) => sample.rows >= 2 * LEAST_ROWS * k);
  if (ks.length === 0) return [];
  const rows = await rowsOf(sample, scaler, Math.max(...ks), pool);
  const whole = await fitAll(rows, ks, seed, pool);
  const chance = await explainedByChance(sample, scaler, ks, seed, pool);
  const found: KEvidence[] = [];
  const halves = await fitHalves(sample, scaler, ks, seed, pool);
  for (const [i, k] of ks.entries()) {
    const labels = await labelsBy(rows, whole[i]!, pool);
    const [explained, recovered]: [number[], number[][]] = [[], []];
    for (const half of halves) {
      explained.push(await explainedBy(rows, half[i]!.centroids, pool));
      recovered.push(bestJaccards(crossTable(labels, await labelsOf(rows, pool), k, k)));
    }
    const recovery = recovered[0]!.map((_, c) => sum(recovered.map((one) => one[c]!)) / recovered.length);
    found.push({
      k,
      lift: shareOf(rows, whole[i]!.inertia) - chance[i]!,
      lift_se: repeated(explained).sd / Math.SQRT2,
      recovery: Math.min(...recovery),
    });
  }
  releaseBlocks(rows.blocks);
  return found;
}

async function explainedByChance(
  sample: Columns,
  scaler: Scaler,
  ks: readonly number[],
  seed: number,
  pool: Pool,
): Promise<number[]> {
  const work = PERMUTATIONS * sample.rows * ks.length;
  const shares = await inLanes(pool, PERMUTATIONS, work, async (n, lane) => {
    const rows = await rowsOf(permuted(sample, seededRandom(seed, n)), scaler, Math.max(...ks), lane);
    const fits = await fitAll(rows, ks, seed + n, lane);
    releaseBlocks(rows.blocks);
    return fits.map(({ inertia }) => shareOf(rows, inertia));
  });
  return ks.map((_, i) => sum(shares.map((ofOne) => ofOne[i]!)) / shares.length);
}

/** Models of both halves of several splits: per half, one for each k. */
async function fitHalves(
  sample: Columns,
  scaler: Scaler,
  ks: readonly number[],
  seed: number,
  pool: Pool,
): Promise<Fit[][]> {
  return inLanes(pool, 2 * SPLITS, SPLITS * sample.rows * ks.length, async (half, lane) => {
    const rows = await rowsOf(pick(sample, halfOf(sample.rows, seed, half)), scaler, Math.max(...ks), lane);
    const fits = await fitAll(rows, ks, seed + (half >> 1), lane);
    releaseBlocks(rows.blocks);
    return fits;
  });
}

function fitAll(rows: Rows, ks: readonly number[], seed: number, pool: Pool): Promise<Fit[]> {
  return fitRows(rows, ks, { seed, starts: STARTS }, pool, silent);
}

async function labelsBy(rows: Rows, { centroids }: Fit, pool: Pool): Promise<Labels> {
  await label(rows, centroids, pool);
  return labelsOf(rows, pool);
}
