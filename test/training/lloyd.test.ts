import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPool } from '#segue/training/pool.js';
import { exactLloyd } from '../reference/lloyd.js';
import { inertiaOf, nearest, type Points } from '../reference/points.js';
import { anyRows, columnsOf, groupedRows } from './support/data.js';
import { inPlaceOrder, lloyd } from './support/fit.js';

const pool = openPool(1);
const settings = { maxIterations: 300, tolerance: 0 };

/** First centroids that are rows, anything near, or far away so that segments stay empty. */
const picksFor = (rows: Points): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.nat(rows.length - 1), fc.constant(-1), fc.constant(-2)), {
    minLength: 1,
    maxLength: rows.length,
  });

const start = anyRows(140, [1, 2, 3, 4, 5, 6, 8, 13, 32]).chain((rows) =>
  fc.tuple(fc.constant(rows), picksFor(rows)),
);

const centroidsFor = (rows: Points, picks: readonly number[]): number[][] =>
  picks.map((pick, i) => {
    if (pick >= 0) return [...rows[pick]!];
    return rows[0]!.map((value, j) => (pick === -1 ? value + 0.25 * (i + j) : 1000 * (i + 1)));
  });

describe('lloyd', () => {
  // Rows are added to sums in another order than theirs, and are taken away again: that loses nothing where values are multiples of a
  // power of two, so every bit must be the same. What rounding does elsewhere: kernels.test.ts.
  it('equals the naive algorithm bit for bit where sums are exact: labels, centroids, iterations, reason to stop', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.constantFrom(0, 1e-4, 0.5), async ([given, picks], tolerance) => {
        const rows = given.map((row) => row.map((x) => Math.round(x * 2 ** 20) / 2 ** 20 + 0));
        const initial = centroidsFor(rows, picks);
        const stops = { maxIterations: 100, tolerance };
        const {
          rows: trained,
          inertia,
          sizes: _sizes,
          within: _within,
          ...run
        } = await lloyd(columnsOf(rows), initial, stops, pool);
        const placed = inPlaceOrder(rows, trained);
        const expected = exactLloyd(placed, initial, stops);
        expect({ ...run, labels: inPlaceOrder(run.labels, trained) }).toEqual(expected);
        const exact = inertiaOf(placed, expected.centroids, expected.labels);
        expect(Math.abs(inertia - exact)).toBeLessThanOrEqual(1e-12 * exact);
      }),
      { numRuns: 600 },
    );
  });

  it('leaves every row with its nearest centroid, however it stopped', async () => {
    const given = { maxIterations: 2, tolerance: 0 };
    await fc.assert(
      fc.asyncProperty(start, async ([rows, picks]) => {
        const { centroids, labels, inertia } = await lloyd(
          columnsOf(rows),
          centroidsFor(rows, picks),
          given,
          pool,
        );
        expect(labels).toEqual(rows.map((row) => nearest(row, centroids)));
        expect(inertia).toBeCloseTo(inertiaOf(rows, centroids, labels), 6);
        expect(centroids).toHaveLength(picks.length);
      }),
    );
  });

  it('never lets the inertia grow', async () => {
    const rows = groupedRows(700, 5, 6, 1);
    let last = Infinity;
    for (let maxIterations = 1; maxIterations <= 25; maxIterations++) {
      const { inertia } = await lloyd(
        columnsOf(rows),
        rows.slice(0, 6),
        { maxIterations, tolerance: 0 },
        pool,
      );
      expect(inertia).toBeLessThanOrEqual(last * (1 + 1e-12));
      last = inertia;
    }
  });

  it.each([1, 2, 3, 5, 7, 8, 9])('gives every one of %i distinct rows a segment when k = n', async (n) => {
    const rows = Array.from({ length: n }, (_, i) => [i, -i, i * i]);
    const { labels, inertia, stop } = await lloyd(columnsOf(rows), rows, settings, pool);
    expect(labels).toEqual(rows.map((_, i) => i));
    expect({ inertia, stop }).toEqual({ inertia: 0, stop: 'tolerance' });
  });

  it('puts the only centroid of k = 1 at the mean', async () => {
    const { centroids } = await lloyd(columnsOf([[1], [2], [6]]), [[50]], settings, pool);
    expect(centroids).toEqual([[3]]);
  });

  it('gives an empty segment the farthest row', async () => {
    const rows = [[0], [1], [2], [10]];
    const result = await lloyd(columnsOf(rows), [[1], [99]], settings, pool);
    expect(result.labels).toEqual([0, 0, 0, 1]);
    expect(result.centroids).toEqual([[1], [10]]);
  });

  it('keeps identical rows together and goes on when there is nowhere to relocate to', async () => {
    const rows = Array.from({ length: 9 }, () => [0.5, 0.25]);
    const initial = [
      [0.5, 0.25],
      [0.5, 0.25],
      [5, 5],
    ];
    const result = await lloyd(columnsOf(rows), initial, settings, pool);
    expect(result.labels).toEqual(rows.map(() => 0));
    expect(result).toMatchObject({ inertia: 0, centroids: [rows[0], rows[0], rows[0]] });
  });

  it.each([1, 3, 5, 8])('gives the same bits for 1, 2 and 3 threads (d = %i)', async (d) => {
    const rows = groupedRows(40_001, d, 7, d);
    const columns = columnsOf(rows);
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        const { centroids, inertia, iterations, stop, labels } = await lloyd(
          columns,
          rows.slice(0, 7),
          settings,
          workers,
        );
        results.push({ centroids, inertia, iterations, stop, labels });
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});
