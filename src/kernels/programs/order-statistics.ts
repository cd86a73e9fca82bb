import { type Blocks, openBlocks } from '../blocks.js';
import type { Team } from '../team.js';
import { type ColumnChunk, type ColumnName, farthestDistance, readColumn } from './column-values.js';
import { selectRanks } from './select-ranks.js';

/** Exact order statistics of columns over all rows, and over the rows of each segment. */
export interface OrderStatisticsJob {
  /** Labelled by a fit. */
  readonly blocks: Blocks;
  /** Least and largest value of every feature. */
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  /** What distances are to: k × d, standardised. */
  readonly centroids: readonly (readonly number[])[];
  readonly columns: readonly WantedRanks[];
  /** Out: column after column, for each first the values of all rows' ranks, then those of each segment's, in the order given. */
  readonly values: Float64Array<SharedArrayBuffer>;
}

/** Positions in ascending order that are asked for of a column, ascending. An empty group has none. */
export interface WantedRanks {
  readonly column: ColumnName;
  /** Of all rows. */
  readonly all: readonly number[];
  /** Of the rows of each segment; as many segments for every column. */
  readonly segments: readonly (readonly number[])[];
}

/** Values that are asked for of a column. */
export function countRanks({ all, segments }: WantedRanks): number {
  return segments.reduce((total, { length }) => total + length, all.length);
}

/** Segments that are counted in one pass. */
const SEGMENTS_AT_ONCE = 24;

export function orderStatistics(job: OrderStatisticsJob, team: Team): null {
  const { blocks, lows, highs, columns, values } = job;
  const shards = openBlocks(blocks, team.rank);
  const centroids = Float64Array.from(job.centroids.flat());
  const limitsOf = (column: ColumnName): readonly [number, number] =>
    column === 'distance'
      ? [0, farthestDistance(shards[0]!, lows, highs, centroids)]
      : [lows[column]!, highs[column]!];
  const batches = Math.ceil(job.centroids.length / SEGMENTS_AT_ONCE);
  for (let task = team.claim(); task < columns.length * batches; task = team.claim()) {
    const which = task % columns.length;
    const wanted = columns[which]!;
    const firstLabel = Math.floor(task / columns.length) * SEGMENTS_AT_ONCE;
    const segments = wanted.segments.slice(firstLabel, firstLabel + SEGMENTS_AT_ONCE);
    const read = (): Iterable<ColumnChunk> => readColumn(shards, wanted.column, blocks.features, centroids);
    const groups = [firstLabel === 0 ? wanted.all : [], ...segments];
    const found = selectRanks({ read, firstLabel }, groups, ...limitsOf(wanted.column));
    const start = columns.slice(0, which).reduce((total, before) => total + countRanks(before), 0);
    const before = wanted.segments.slice(0, firstLabel).reduce((total, { length }) => total + length, 0);
    values.set(found[0]!, start);
    values.set(found.slice(1).flat(), start + wanted.all.length + before);
  }
  team.barrier();
  return null;
}
