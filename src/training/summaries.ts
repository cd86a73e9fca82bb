import { describeScratch, type SegmentDescription } from '../kernels/programs/describe.js';
import type { Segmentation } from './kmeans.js';
import type { Moments } from './moments.js';
import type { Pool } from './pool.js';
import { decileRanks, decilesFrom } from './quantiles.js';
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
}

/**
 * Summarises rows that are labelled by a segmentation. Deciles are exact.
 *
 * @param moments of the rows
 * @param exemplars rows to name per segment
 */
export async function summarise(
  training: Rows,
  { centroids, sizes }: Segmentation,
  moments: readonly Moments[],
  exemplars: number,
  pool: Pool,
): Promise<Summaries> {
  const { names, blocks } = training;
  const { rows } = blocks;
  const shared = sharedFloats(describeScratch(blocks, centroids.length, exemplars));
  const described = await pool.run('describe', { blocks, centroids, sizes, exemplars, shared }, rows);

  const ranks = decileRanks(rows);
  const segmentRanks = sizes.map(decileRanks);
  const starts = [0, ranks.length];
  for (const { length } of segmentRanks) starts.push(starts.at(-1)! + length);
  const perFeature = starts.at(-1)!;
  const values = sharedFloats(names.length * perFeature);
  const limits = { lows: moments.map(({ min }) => min), highs: moments.map(({ max }) => max) };
  await pool.run('orderStatistics', { blocks, ...limits, ranks, segmentRanks, values }, rows);
  const decilesOf = (group: number, size: number): number[][] =>
    size === 0
      ? []
      : names.map((_, j) => {
          const from = j * perFeature;
          return decilesFrom(values.subarray(from + starts[group]!, from + starts[group + 1]!), size);
        });

  const deciles = decilesOf(0, rows);
  return {
    all: { deciles, counts: await countBetween(blocks, deciles, pool) },
    segments: withRows(training, described).map((segment, c) => ({
      ...segment,
      deciles: decilesOf(c + 1, sizes[c]!),
    })),
  };
}

/** Nearest rows by their number in the stream instead of their place among the blocks. */
function withRows(
  training: Rows,
  described: readonly SegmentDescription[],
): Omit<SegmentSummary, 'deciles'>[] {
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
