import { describe, expect, it } from 'vitest';
import { compareSegments } from '#segue/training/identity/compare.js';
import { label } from '#segue/training/kmeans.js';
import { openPool } from '#segue/training/pool.js';
import { nearest, type Points } from '../../reference/points.js';
import { columnsOf, groupedRows } from '../support/data.js';
import { rowsInShards } from '../support/fit.js';

const rows = groupedRows(30_000, 4, 5, 9).map((row) => row.map((x, j) => 50 * j + (1 + j) * x));
const scaler = { mean: [0, 50, 100, 150], sd: [3, 6, 9, 12] };
const centroids = groupedRows(5, 4, 5, 2);
const earlier = {
  scaler: { mean: [0.1, 49, 101, 152], sd: [2.5, 7, 9.5, 11] },
  centroids: [...groupedRows(6, 4, 6, 3), groupedRows(6, 4, 6, 3)[0]!], // the last one is never the first of the nearest
};

const labelBy = (given: Points, by: typeof earlier): number[] =>
  given.map((row) =>
    nearest(
      row.map((x, j) => (x - by.scaler.mean[j]!) / by.scaler.sd[j]!),
      by.centroids,
    ),
  );

describe('compareSegments', () => {
  it.each([{ threads: 1 }, { threads: 3 }, { threads: 2, shardRows: 8192 }])(
    'counts the tracks that two models have in common: $threads threads, $shardRows rows a memory',
    async ({ threads, ...shape }) => {
      const pool = openPool(threads);
      const built = await rowsInShards(columnsOf(rows), scaler, { largestK: 5, ...shape }, pool);
      await label(built, centroids, pool);
      const { shared, moves } = await compareSegments(built, { scaler, centroids }, earlier, pool);
      await pool.close();

      const expected = earlier.centroids.map(() => centroids.map(() => 0));
      const now = labelBy(rows, { scaler, centroids });
      labelBy(rows, earlier).forEach((before, row) => {
        expected[before]![now[row]!]! += 1;
      });
      expect(shared).toEqual(expected);
      expect(shared.at(-1)).toEqual([0, 0, 0, 0, 0]);
      const gaps = centroids[2]!.map((z, j) => {
        const x = scaler.mean[j]! + z * scaler.sd[j]!;
        return (x - earlier.scaler.mean[j]!) / earlier.scaler.sd[j]! - earlier.centroids[1]![j]!;
      });
      expect(moves[1]![2]).toBeCloseTo(Math.hypot(...gaps), 12);
    },
  );
});
