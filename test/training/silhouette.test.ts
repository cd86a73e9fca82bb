import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from '#segue/training/centre-silhouettes.js';
import { type Clustering, clusteringOf } from '#segue/training/clustering.js';
import { silhouetteEuclidean } from '#segue/training/euclidean-silhouette.js';
import { randomOrder } from '#segue/training/evidence/sample.js';
import { openPool } from '#segue/training/pool.js';
import { allSilhouettes } from '#segue/training/silhouette.js';
import { mean, nearest, type Points } from '../reference/points.js';
import {
  distanceBetween,
  silhouettes,
  simplifiedSilhouettes,
  squareBetween,
} from '../reference/silhouette.js';
import { anyRows, columnsOf, groupedRows } from './support/data.js';

const pool = openPool(1);

const clustered = (rows: Points, labels: readonly number[], k: number): Clustering =>
  clusteringOf(columnsOf(rows), Int32Array.from(labels), k);

/** Rows, k centroids anywhere, and labels that are not always the nearest: any partition must do. */
const anyClustering = anyRows(40).chain((rows) =>
  fc.integer({ min: 1, max: 6 }).chain((k) =>
    fc.record({
      rows: fc.constant(rows),
      k: fc.constant(k),
      labels: fc.array(fc.nat(k - 1), { minLength: rows.length, maxLength: rows.length }),
      centroids: fc.array(fc.constantFrom(...rows), { minLength: k, maxLength: k }),
    }),
  ),
);

const isDefined = ({ labels }: { labels: readonly number[] }): boolean => {
  const filled = new Set(labels).size;
  return filled >= 2 && filled < labels.length;
};

/** Mean over tracks, over segments, and of each segment. */
function summary(scores: readonly number[], labels: readonly number[], k: number): Record<string, unknown> {
  const segments = Array.from({ length: k }, (_, c) => {
    const own = scores.filter((_score, i) => labels[i] === c);
    return own.length === 0 ? null : mean(own);
  });
  return { mean: mean(scores), macro: mean(segments.filter((value) => value !== null)), segments };
}

function expectClose(actual: unknown, expected: unknown): void {
  const [a, b] = [numbersOf(actual), numbersOf(expected)];
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) => {
    const expectedValue = b[i]!;
    expect(value).toEqual(expectedValue === null ? null : expect.closeTo(expectedValue, 9));
  });
}

function numbersOf(scores: unknown): (number | null)[] {
  const {
    mean: tracks,
    macro,
    segments,
  } = scores as { mean: number; macro: number; segments: (number | null)[] };
  return [tracks, macro, ...segments];
}

describe('silhouettes', () => {
  it('equal their definitions for any partition, lone tracks and empty segments included', async () => {
    await fc.assert(
      fc.asyncProperty(anyClustering.filter(isDefined), async ({ rows, labels, k, centroids }) => {
        const clustering = clustered(rows, labels, k);
        const [exact, squares, simplified] = (await allSilhouettes(
          clustering,
          centroids,
          { seed: 1 },
          pool,
        ))!;
        expect([exact!.metric, squares!.metric, simplified!.metric]).toEqual([
          'silhouette_euclidean',
          'silhouette_sqeuclidean',
          'silhouette_simplified',
        ]);
        expectClose(exact, summary(silhouettes(rows, labels, distanceBetween), labels, k));
        expectClose(squares, summary(silhouettes(rows, labels, squareBetween), labels, k));
        expectClose(simplified, summary(simplifiedSilhouettes(rows, labels, centroids), labels, k));
      }),
      { numRuns: 300 },
    );
  });

  it('are null for one segment, and where every row is a segment', async () => {
    await fc.assert(
      fc.asyncProperty(anyClustering, async (given) => {
        const { rows, labels, k, centroids } = given;
        const all = await allSilhouettes(clustered(rows, labels, k), centroids, { seed: 1 }, pool);
        expect(all !== null).toBe(isDefined(given));
      }),
    );
  });

  it('are worked out by hand for two pairs on a line', async () => {
    const clustering = clustered([[0], [1], [4], [5]], [0, 0, 1, 1], 2);
    const [exact, squares, simplified] = (await allSilhouettes(
      clustering,
      [[0.5], [4.5]],
      { seed: 1 },
      pool,
    ))!;
    expect(exact!.mean).toBeCloseTo((3.5 / 4.5 + 2.5 / 3.5) / 2, 12); // a = 1; b = 4.5 outside, 3.5 inside
    expect(squares!.mean).toBeCloseTo((19.5 / 20.5 + 11.5 / 12.5) / 2, 12);
    expect(simplified!.mean).toBeCloseTo((4 / 4.5 + 3 / 3.5) / 2, 12); // a = 0.5; b = 4.5 and 3.5
  });

  it('are the same bits for 1, 2 and 3 threads', async () => {
    const rows = groupedRows(20_001, 5, 4, 8);
    const centroids = rows.slice(0, 4);
    const clustering = clustered(
      rows,
      rows.map((row) => nearest(row, centroids)),
      4,
    );
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        results.push([
          await silhouetteEuclidean(clustering, { seed: 1, exactRows: 1000, points: 500 }, workers),
          await silhouetteSqeuclidean(clustering, workers),
          await silhouetteSimplified(clustering, centroids, workers),
        ]);
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});

describe('sampled Euclidean silhouette', () => {
  const rows = groupedRows(3000, 3, 4, 11);
  const centroids = rows.slice(0, 4);
  const clustering = clustered(
    rows,
    rows.map((row) => nearest(row, centroids)),
    4,
  );
  const sampled = (seed: number): ReturnType<typeof silhouetteEuclidean> =>
    silhouetteEuclidean(clustering, { seed, exactRows: 2000, points: 600 }, pool);

  it('carries the number of points in its name and holds the exact figure in 95 % of its intervals', async () => {
    const exact = (await silhouetteEuclidean(clustering, { seed: 1 }, pool))!;
    const estimates = await Promise.all(Array.from({ length: 100 }, (_, seed) => sampled(seed)));
    for (const estimate of estimates) expect(estimate!.metric).toBe('silhouette_euclidean_sampled_600');
    const hits = estimates.filter((estimate) => {
      const [low, high] = estimate!.ci95!;
      return low <= exact.mean && exact.mean <= high;
    });
    expect(hits.length).toBeGreaterThanOrEqual(88); // 95 expected; fewer than 88 have odds of 1 in 300
    expect(mean(estimates.map((estimate) => estimate!.mean))).toBeCloseTo(exact.mean, 2);
  });

  it('depends on the seed alone', async () => {
    expect(await sampled(3)).toEqual(await sampled(3));
    expect(await sampled(3)).not.toEqual(await sampled(4));
  });

  it('is exact, and called so, where the points would cover every row', async () => {
    const scores = await silhouetteEuclidean(clustering, { seed: 1, exactRows: 10, points: 3000 }, pool);
    expect(scores).toMatchObject({ metric: 'silhouette_euclidean' });
    expect(scores).not.toHaveProperty('ci95');
  });

  it.each([
    ['each', 600],
    ['some', 200],
  ])(
    'of a sample of more rows, %s scored against the sample, holds theirs in 95 % of its intervals or more',
    async (_, points) => {
      const exact = (await silhouetteEuclidean(clustering, { seed: 1 }, pool))!;
      const labels = rows.map((row) => nearest(row, centroids));
      const population = centroids.map((_centroid, c) => labels.filter((label) => label === c).length);
      const estimates = await Promise.all(
        Array.from({ length: 100 }, async (_none, seed) => {
          const among = [...randomOrder(rows.length, seededRandom(seed)).subarray(0, 600)];
          const sample = clustered(
            among.map((i) => rows[i]!),
            among.map((i) => labels[i]!),
            4,
          );
          return (await silhouetteEuclidean(sample, { seed, exactRows: 0, points, population }, pool))!;
        }),
      );
      for (const { metric } of estimates) expect(metric).toBe(`silhouette_euclidean_sampled_${points}`);
      const hits = estimates.filter(({ ci95 }) => ci95![0] <= exact.mean && exact.mean <= ci95![1]);
      expect(hits.length).toBeGreaterThanOrEqual(95); // the two errors are added up as if they always agreed
      expect(mean(estimates.map((estimate) => estimate.mean))).toBeCloseTo(exact.mean, 2);
    },
  );
});
