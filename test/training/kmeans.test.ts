import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { assign } from '#segue/training/assign.js';
import { fitKMeans, type KMeansFit, type KMeansOptions } from '#segue/training/kmeans.js';
import { openPool } from '#segue/training/pool.js';
import { inertiaOf, type Points } from '../reference/points.js';
import { anyRows, columnsOf, groupedRows, shuffled } from './support/data.js';
import { seedsOf } from './support/fit.js';

const pool = openPool(1);

const fit = (rows: Points, options: Partial<KMeansOptions> & { k: number }): Promise<KMeansFit> =>
  fitKMeans(columnsOf(rows), { seed: 42, ...options }, pool, silent);

/** Rows, and a k that they allow. */
const rowsAndK = anyRows(40).chain((rows) =>
  fc.tuple(fc.constant(rows), fc.integer({ min: 1, max: Math.min(8, rows.length) })),
);

describe('fitKMeans', () => {
  it('numbers segments by size, then by centroid, and counts and measures them rightly', async () => {
    await fc.assert(
      fc.asyncProperty(rowsAndK, async ([rows, k]) => {
        const { centroids, labels, sizes, inertia, within } = await fit(rows, { k, starts: 3 });
        const counted = centroids.map((_, c) => labels.filter((label) => label === c).length);
        expect(sizes).toEqual(counted);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        for (let c = 1; c < k; c++) {
          const order = sizes[c]! - sizes[c - 1]! || compare(centroids[c - 1]!, centroids[c]!);
          expect(order).toBeLessThanOrEqual(0);
        }
        expect(inertia).toBeCloseTo(inertiaOf(rows, centroids, [...labels]), 6);
        expect(within.reduce((sum, part) => sum + part, 0)).toBe(inertia);
      }),
    );
  });

  it('gives the same for the same seed, and for the same rows in any order once they are sorted', async () => {
    await fc.assert(
      fc.asyncProperty(rowsAndK, fc.nat(), async ([rows, k], seed) => {
        const first = await fit(rows.toSorted(compare), { k, seed, starts: 2 });
        expect(await fit(shuffled(rows, seed).toSorted(compare), { k, seed, starts: 2 })).toEqual(first);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the best of its starts, the earlier one of equals', async () => {
    const rows = groupedRows(400, 3, 9, 5);
    const fits = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((starts) => fit(rows, { k: 9, starts })));
    const inertias = fits.map(({ inertia }) => inertia);
    expect(inertias).toEqual(inertias.toSorted((a, b) => b - a));
    expect(new Set(inertias).size).toBeGreaterThan(1);
    const best = fits.at(-1)!;
    expect(fits.filter(({ start }) => start === best.start)).toEqual(fits.slice(best.start).map(() => best));
  });

  it('finds well separated groups', async () => {
    const rows = [0, 100, 200, 300].flatMap((centre, i) =>
      Array.from({ length: 10 + i }, (_, n) => [centre + n / 10, centre]),
    );
    const { sizes } = await fit(rows, { k: 4 });
    expect(sizes).toEqual([13, 12, 11, 10]);
  });

  it('starts once from given centroids', async () => {
    const result = await fit([[0], [1], [9], [10], [11]], { k: 2, initial: [[0], [1]] });
    expect(result).toMatchObject({ centroids: [[10], [0.5]], sizes: [3, 2], start: 0, stop: 'labels' });
  });

  it('leaves segments empty where there are fewer distinct rows than k', async () => {
    const { sizes, inertia } = await fit([[1], [1], [1], [2], [2]], { k: 4 });
    expect({ sizes, inertia }).toEqual({ sizes: [3, 2, 0, 0], inertia: 0 });
  });

  it('gives the same bits for 1, 2 and 3 threads', async () => {
    const columns = columnsOf(groupedRows(50_003, 5, 6, 3));
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        results.push(await fitKMeans(columns, { k: 6, seed: 7, starts: 2 }, workers, silent));
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('refuses fewer rows than segments, and numbers that are not finite', async () => {
    await expect(fit([[1], [2]], { k: 3 })).rejects.toMatchObject({
      code: 'SEGUE_TOO_FEW_ROWS',
      details: { value: 2, limit: 3 },
    });
    await expect(
      fitKMeans(columnsFromRows(['tempo'], [[1], [Number.NaN]]), { k: 1, seed: 1 }, pool, silent),
    ).rejects.toMatchObject({
      code: 'SEGUE_INVALID_NUMBER',
      details: { what: 'tempo of row 1 is not a finite number' },
    });
  });
});

describe('k-means++', () => {
  // Distances are those of rows rounded to 2^-16 of the box of their block, in 32-bit floats: nearer ones may pass for the same row.
  it('chooses distinct rows as long as there are any', async () => {
    await fc.assert(
      fc.asyncProperty(rowsAndK, fc.nat(), async ([rows, k], seed) => {
        fc.pre(areApart(rows));
        const chosen = await seedsOf(columnsOf(rows), k, seed, pool);
        const distinct = new Set(rows.map(String));
        expect(chosen).toHaveLength(k);
        for (const point of chosen) expect(distinct).toContain(String(point));
        expect(new Set(chosen.map(String)).size).toBe(Math.min(k, distinct.size));
      }),
    );
  });

  it('draws by squared distance and takes the better of its draws', async () => {
    // After 0 the others are drawn with 4, 9 and 25 parts in 38. The least potential is left by 3, then by 5, then by 2; the better of
    // two draws is 2 only if drawn twice, and 3 if drawn once: 16, 603 and 825 in 1444.
    const columns = columnsOf([[0], [2], [3], [5]]);
    const chosen = await Promise.all(
      Array.from({ length: 4000 }, (_, seed) => seedsOf(columns, 2, seed, pool)),
    );
    const firsts = [0, 2, 3, 5].map((x) => chosen.filter(([first]) => first![0] === x).length);
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(750));
    const after0 = chosen.filter(([first]) => first![0] === 0);
    for (const [x, parts] of [
      [2, 16],
      [3, 603],
      [5, 825],
    ] as const) {
      const count = after0.filter(([, second]) => second![0] === x).length;
      const expected = (after0.length * parts) / 1444;
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });
});

describe('assign', () => {
  it('gives training rows the labels that they were trained with, and their distances', async () => {
    const rows = groupedRows(9000, 4, 5, 2);
    const columns = columnsOf(rows);
    const { centroids, labels } = await fitKMeans(columns, { k: 5, seed: 1, starts: 1 }, pool, silent);
    const assigned = await assign(columns, centroids, pool, { distances: true });
    expect(assigned.labels).toEqual(labels);
    expect(assigned.distances![17]!).toBeCloseTo(
      Math.hypot(...rows[17]!.map((x, j) => x - centroids[labels[17]!]![j]!)),
      12,
    );
  });

  it('gives ties to the lower segment', async () => {
    const { labels } = await assign(columnsOf([[1], [2], [3]]), [[2], [0], [4]], pool);
    expect([...labels]).toEqual([0, 0, 0]);
    const tied = await assign(columnsOf([[1]]), [[2], [0]], pool);
    expect([...tied.labels]).toEqual([0]);
  });
});

/** Tells whether distinct rows are apart by more than a thousandth of a feature's range. */
function areApart(rows: Points): boolean {
  const ranges = rows[0]!.map((_, j) => {
    const column = rows.map((row) => row[j]!);
    return Math.max(...column) - Math.min(...column);
  });
  if (ranges.some((range) => range > 0 && range < 1e-9)) return false;
  return rows.every((a) =>
    rows.every((b) => compare(a, b) === 0 || a.some((x, j) => Math.abs(x - b[j]!) > ranges[j]! / 1000)),
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  const j = a.findIndex((value, index) => value !== b[index]);
  return j === -1 ? 0 : a[j]! - b[j]!;
}
