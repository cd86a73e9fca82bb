import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { clusterMoments } from '#segue/training/cluster-moments.js';
import { type Clustering, clusteringOf } from '#segue/training/clustering.js';
import { allScores, someScores } from '#segue/training/euclidean-scores.js';
import { openPool } from '#segue/training/pool.js';
import { mean, nearest, type Points } from '../reference/points.js';
import { distanceBetween, silhouettes, squareBetween } from '../reference/silhouette.js';
import { columnsOf, groupedRows } from './support/data.js';

const pool = openPool(1);

const clustered = (rows: Points, labels: readonly number[], k: number): Clustering =>
  clusteringOf(columnsOf(rows), Int32Array.from(labels), k);

/** The largest difference of two scores of a row. */
function farthestApart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe('Euclidean scores of few rows', () => {
  const extreme = fc.constantFrom(0, 5e-324, -5e-324, 3e-310, 1e-200, 1, 1 + 2 ** -52, -1, 1e6, 1e150);
  const anyValue = fc.oneof(extreme, fc.double({ min: -10, max: 10, noNaN: true }));
  const anyClustering = fc.constantFrom(1, 2, 3, 5, 8, 32).chain((d) =>
    fc.record({
      rows: fc.array(fc.array(anyValue, { minLength: d, maxLength: d }), { minLength: 3, maxLength: 23 }),
      labels: fc.array(fc.nat(4), { minLength: 23, maxLength: 23 }),
    }),
  );

  it('stay within their limits and those of lone rows are 0, whatever the values', async () => {
    await fc.assert(
      fc.asyncProperty(anyClustering, async ({ rows, labels: given }) => {
        const labels = given.slice(0, rows.length);
        fc.pre(new Set(labels).size > 1);
        const scores = await allScores(clustered(rows, labels, 5), pool);
        scores.forEach((score, i) => {
          expect(Math.abs(score)).toBeLessThanOrEqual(1);
          if (labels.filter((label) => label === labels[i]).length === 1) expect(score).toBe(0);
        });
      }),
    );
  });

  it('equal the definition at any scale, the smallest included', async () => {
    const whole = fc.integer({ min: -50, max: 50 });
    const anyScale = fc.constantFrom(2 ** -1074, 2 ** -1060, 2 ** -300, 1, 2 ** 300, 2 ** 900);
    const given = fc.constantFrom(1, 2, 3, 5, 8, 32).chain((d) =>
      fc.record({
        scale: anyScale,
        rows: fc.array(fc.array(whole, { minLength: d, maxLength: d }), { minLength: 3, maxLength: 23 }),
        labels: fc.array(fc.nat(4), { minLength: 23, maxLength: 23 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ({ scale, rows, labels: all }) => {
        const labels = all.slice(0, rows.length);
        fc.pre(new Set(labels).size > 1);
        const scaled = rows.map((row) => row.map((value) => value * scale));
        const scores = await allScores(clustered(scaled, labels, 5), pool);
        expect(farthestApart(scores, silhouettes(rows, labels, distanceBetween))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('Euclidean scores of many rows', () => {
  const plainDistance = (a: readonly number[], b: readonly number[]): number =>
    Math.sqrt(squareBetween(a, b));

  /** Rows with repeated ones among them; the last two segments hold one row and none. */
  function groupsWithOdds(count: number, d: number, k: number): { rows: number[][]; labels: number[] } {
    const rows = groupedRows(count, d, k - 2, d);
    const centroids = rows.slice(0, k - 2);
    const labels = rows.map((row) => nearest(row, centroids));
    labels[count - 1] = k - 2;
    for (let i = 0; i < 300; i++) {
      rows[2 * i] = rows[2 * i + 1]!;
      labels[2 * i] = labels[2 * i + 1]!;
    }
    return { rows, labels };
  }

  it.each([
    [4097, 1, 4],
    [4099, 2, 9],
    [4101, 3, 5],
    [5003, 5, 10],
    [4098, 7, 6],
    [4103, 32, 4],
  ])('equal the definition for %i rows of %i features in %i segments', async (count, d, k) => {
    const { rows, labels } = groupsWithOdds(count, d, k);
    const scores = await allScores(clustered(rows, labels, k), pool);
    const expected = silhouettes(rows, labels, plainDistance);
    expect(farthestApart(scores, expected)).toBeLessThan(1e-6);
    expect(Math.abs(mean([...scores]) - mean(expected))).toBeLessThan(2e-9);
  });

  it('equal the definition where more segments than are kept may be nearest', async () => {
    const random = seededRandom(5);
    const rows = groupedRows(4200, 4, 1, 6);
    const labels = rows.map(() => random.below(40));
    const scores = await allScores(clustered(rows, labels, 40), pool);
    const expected = silhouettes(rows, labels, plainDistance);
    expect(farthestApart(scores, expected)).toBeLessThan(1e-11);
  });

  it('are found in doubles where rows lie too close together for 32-bit floats', async () => {
    const rows = groupedRows(4500, 3, 4, 7).map((row) => row.map((value) => value + 1e6));
    const labels = rows.map((_, i) => i % 3);
    rows[4499] = [-1e7, 0, 0];
    labels[4499] = 3;
    const scores = await allScores(clustered(rows, labels, 4), pool);
    const expected = silhouettes(rows, labels, plainDistance);
    expect(farthestApart(scores, expected)).toBeLessThan(1e-11);
  });

  it('are 0 where all rows are the same', async () => {
    const rows = Array.from({ length: 4200 }, () => [0.1, -3]);
    const scores = await allScores(
      clustered(
        rows,
        rows.map((_, i) => i % 3),
        3,
      ),
      pool,
    );
    expect([...scores].every((score) => score === 0)).toBe(true);
  });

  it('are the same for some rows as for all', async () => {
    const { rows, labels } = groupsWithOdds(9001, 5, 6);
    const clustering = clustered(rows, labels, 6);
    const all = await allScores(clustering, pool);
    const some = [0, 1, 17, 4000, 8191, 8192, 8999, 9000];
    const scores = await someScores(clustering, some, pool);
    expect(
      farthestApart(
        scores,
        some.map((row) => all[row]!),
      ),
    ).toBeLessThan(1e-6);
  });

  it('are the same bits for 1, 2 and 3 threads', async () => {
    const { rows, labels } = groupsWithOdds(20_001, 5, 7);
    const clustering = clustered(rows, labels, 7);
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        results.push(await allScores(clustering, workers));
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('do not fail with as many segments as labels allow', async () => {
    const rows = groupedRows(5001, 2, 9, 8);
    const labels = rows.map((_, i) => (i * 131) % 65_535);
    labels[0] = labels[1]!;
    const scores = await allScores(clustered(rows, labels, 65_535), pool);
    expect([...scores].filter((score) => score !== 0)).toHaveLength(2);
  });
});

describe('moments of segments', () => {
  it('equal their definitions', async () => {
    const rows = groupedRows(9001, 3, 4, 9);
    const labels = rows.map((_, i) => (i % 7 === 0 ? 3 : i % 2));
    const { sizes, means, within, lows, highs } = await clusterMoments(clustered(rows, labels, 5), pool);
    for (let c = 0; c < 5; c++) {
      const own = rows.filter((_, i) => labels[i] === c);
      const middle = [0, 1, 2].map((j) => (own.length === 0 ? 0 : mean(own.map((row) => row[j]!))));
      expect(sizes[c]).toBe(own.length);
      expect(farthestApart(means.subarray(3 * c, 3 * c + 3), middle)).toBeLessThan(1e-13);
      const square = own.reduce((sum, row) => sum + squareBetween(row, middle), 0);
      expect(Math.abs(within[c]! - square)).toBeLessThan(1e-8);
    }
    expect([...lows]).toEqual([0, 1, 2].map((j) => Math.min(...rows.map((row) => row[j]!))));
    expect([...highs]).toEqual([0, 1, 2].map((j) => Math.max(...rows.map((row) => row[j]!))));
  });
});
