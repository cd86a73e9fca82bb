import { describeScratch, type SegmentDescription } from '../kernels/programs/describe.js';
import type { LloydResult } from '../kernels/programs/lloyd.js';
import { countRanks, type WantedRanks } from '../kernels/programs/order-statistics.js';
import { type DistanceQuantiles, distanceRanks, distancesFrom } from './distance-quantiles.js';
import type { Moments } from './moments.js';
import type { Pool } from './pool.js';
import { DECILES, quantileRanks, quantilesFrom } from './quantiles.js';
import { type Rows, rowsAt } from './rows.js';
import { sharedFloats, sharedInts } from './shared.js';
import { sum } from './sum.js';

/** What profile and reference statistics are made of, in the features' own units. */
export interface Summaries {
  readonly all: AllSummary;
  /** In the order of the segments. */
  readonly segments: readonly SegmentSummary[];
}

/** Arrays over features. */
export interface AllSummary {
  /** Eleven values: least, nine inner deciles, largest. */
  readonly deciles: readonly (readonly number[])[];
  /** Rows between the inner deciles; bin b holds edge[b-1] < x <= edge[b]. */
  readonly counts: readonly (readonly number[])[];
}

export interface SegmentSummary extends Omit<SegmentDescription, 'nearest'> {
  /** Rows, in the order of the stream, nearest to the centroid; nearest first. */
  readonly nearest: readonly { readonly row: number; readonly distance: number }[];
  /** As of all rows; empty for a segment without rows. */
  readonly deciles: readonly (readonly number[])[];
  /** Of its rows to its centroid; null for a segment without rows. */
  readonly distances: DistanceQuantiles | null;
}

/**
 * Summarises rows that are labelled by a segmentation. Deciles and distances are exact.
 *
 * @param moments of the rows
 * @param exemplars rows to name per segment
 */
export async function summarise(
  training: Rows,
  { centroids, sizes }: Pick<LloydResult, 'centroids' | 'sizes'>,
  moments: readonly Moments[],
  exemplars: number,
  pool: Pool,
): Promise<Summaries> {
  const { blocks } = training;
  const { rows } = blocks;
  const shared = sharedFloats(describeScratch(blocks, centroids.length, exemplars));
  const described = await pool.run('describe', { blocks, centroids, sizes, exemplars, shared }, rows);

  const { deciles, segmentDeciles, distances } = await quantilesOf(training, centroids, sizes, moments, pool);
  return {
    all: { deciles, counts: await countBetween(blocks, deciles, pool) },
    segments: withRows(training, described).map((segment, c) => ({
      ...segment,
      deciles: segmentDeciles[c]!,
      distances: distances[c]!,
    })),
  };
}

/** Deciles of every feature, of all rows and of each segment's, and quantiles of the distances of each segment's. */
async function quantilesOf(
  { names, blocks }: Rows,
  centroids: LloydResult['centroids'],
  sizes: readonly number[],
  moments: readonly Moments[],
  pool: Pool,
): Promise<{
  readonly deciles: number[][];
  readonly segmentDeciles: number[][][];
  readonly distances: (DistanceQuantiles | null)[];
}> {
  const { rows } = blocks;
  const segments = sizes.map((size) => quantileRanks(DECILES, size));
  const columns: readonly WantedRanks[] = [
    { column: 'distance', all: [], segments: sizes.map(distanceRanks) },
    ...names.map((_, column) => ({ column, all: quantileRanks(DECILES, rows), segments })),
  ];
  const values = sharedFloats(sum(columns.map(countRanks)));
  const limits = { lows: moments.map(({ min }) => min), highs: moments.map(({ max }) => max) };
  await pool.run('orderStatistics', { blocks, ...limits, centroids, columns, values }, rows);

  let next = 0;
  const take = (ranks: readonly number[]): Float64Array => {
    next += ranks.length;
    return values.subarray(next - ranks.length, next);
  };
  const [distanceColumn, ...features] = columns.map(({ all, segments: own }) => ({
    all: take(all),
    segments: own.map(take),
  }));
  return {
    deciles: features.map(({ all }) => quantilesFrom(all, DECILES, rows)),
    segmentDeciles: sizes.map((size, c) =>
      size === 0 ? [] : features.map(({ segments: own }) => quantilesFrom(own[c]!, DECILES, size)),
    ),
    distances: sizes.map((size, c) => distancesFrom(distanceColumn!.segments[c]!, size)),
  };
}

/** Nearest rows by their number in the stream instead of their place among the blocks. */
function withRows(
  training: Rows,
  described: readonly SegmentDescription[],
): Omit<SegmentSummary, 'deciles' | 'distances'>[] {
  const places = described.flatMap(({ nearest }) => nearest.map(({ place }) => place));
  const rows = rowsAt(training, places);
  let next = 0;
  return described.map(({ mean, sd, nearest }) => ({
    mean,
    sd,
    nearest: nearest.map(({ distance }) => ({ row: rows[next++]!, distance })),
  }));
}

async function countBetween(
  blocks: Rows['blocks'],
  deciles: readonly (readonly number[])[],
  pool: Pool,
): Promise<number[][]> {
  const edges = deciles.map((eleven) => eleven.slice(1, -1));
  const bins = edges.map(({ length }) => length + 1);
  const counts = sharedInts(sum(bins));
  await pool.run('countBins', { blocks, edges, counts }, blocks.rows);
  return bins.map((length, j) => Array.from(counts.subarray(j * length, (j + 1) * length)));
}
