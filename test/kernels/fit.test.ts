import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '#segue/core/random.js';
import { openPool } from '#segue/training/pool.js';
import { lloydRuns, type LloydRun as Reference } from '../reference/lloyd.js';
import { inertiaOf, nearest, type Points } from '../reference/points.js';
import { columnsOf, groupedRows } from '../training/support/data.js';
import { inPlaceOrder, type LloydRun, lloyd, lloydOn } from '../training/support/fit.js';

const pool = openPool(1);

/** Holds a fit against the reference; what rounding may do is 1e-12 of a centroid, or of the values that most rows have. */
function expectSame(run: LloydRun, rows: Points, expected: Reference): void {
  const placed = inPlaceOrder(rows, run.rows);
  expect(inPlaceOrder(run.labels, run.rows)).toEqual(expected.labels);
  expect(run).toMatchObject({ iterations: expected.iterations, stop: expected.stop });
  const sizes = Float64Array.from(rows.flat(), Math.abs).toSorted();
  const usual = sizes[Math.floor(0.98 * (sizes.length - 1))]!;
  const gaps = run.centroids.map((point, c) =>
    Math.max(
      ...point.map((x, j) => Math.abs(x - expected.centroids[c]![j]!) / Math.max(usual, Math.abs(x), 1e-300)),
    ),
  );
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1e-12);
  const inertia = inertiaOf(placed, expected.centroids, expected.labels);
  expect(Math.abs(run.inertia - inertia)).toBeLessThanOrEqual(1e-12 * inertia + 1e-28 * usual ** 2);
}

/** Fits with as many iterations as it takes, up to `most`, and the reference's last run. */
async function expectFit(rows: Points, initial: Points, most: number): Promise<void> {
  const settings = { maxIterations: most, tolerance: 1e-20 };
  const run = await lloyd(columnsOf(rows), initial, settings, pool);
  expectSame(run, rows, lloydRuns(inPlaceOrder(rows, run.rows), initial, settings).at(-1)!);
}

const FEATURES = [1, 2, 3, 4, 5, 6, 8, 13, 32] as const;

describe('a fit', () => {
  it.each(FEATURES)('equals the reference for any number of rows and segments (%i features)', async (d) => {
    const shape = fc.record({
      rows: fc.oneof(fc.integer({ min: 1, max: 260 }), fc.integer({ min: 2000, max: 4000 })),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      groups: fc.integer({ min: 1, max: 9 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ rows: count, share, groups, seed }) => {
        const rows = groupedRows(count, d, groups, seed);
        const k = Math.max(1, Math.round(Math.min(count, 300) * share ** 3));
        await expectFit(rows, rows.slice(0, k), 20);
      }),
      { numRuns: 25 },
    );
  });

  it.each([5, 3])('equals the reference for every remainder of rows in a block (%i features)', async (d) => {
    for (let count = 1; count <= 129; count++) {
      const rows = groupedRows(count, d, 3, count);
      await expectFit(rows, rows.slice(0, Math.min(count, 4)), 20);
    }
  });

  it.each([
    [5, 1],
    [5, 31],
    [5, 32],
    [5, 33],
    [2, 64],
    [3, 255],
    [4, 257],
    [1, 700],
  ])('equals the reference with %i features and %i segments', async (d, k) => {
    const rows = groupedRows(3001, d, 6, k);
    await expectFit(rows, rows.slice(0, k), 15);
  });

  it('gives every row a segment of its own where k = n', async () => {
    for (const count of [1, 2, 63, 64, 65, 300]) {
      const rows = groupedRows(count, 4, 3, count);
      const { labels, inertia } = await lloyd(
        columnsOf(rows),
        rows,
        { maxIterations: 5, tolerance: 0 },
        pool,
      );
      expect(labels).toEqual(rows.map((_, i) => i));
      expect(inertia).toBe(0);
    }
  });

  // Rows keep what they know from iteration to iteration: every intermediate result must be that of a fit that knows nothing.
  it.each([
    [1, 8],
    [2, 12],
    [3, 7],
    [5, 8],
    [5, 32],
    [5, 33],
    [8, 32],
    [13, 6],
  ])(
    'has the labels of the reference after each of 60 iterations (%i features, %i segments)',
    async (d, k) => {
      const rows = groupedRows(20_000, d, 6, d + k).map((row) => row.map((x) => x / 4));
      const initial = rows.slice(0, k);
      const settings = { maxIterations: 60, tolerance: 1e-20 };
      const whole = await lloyd(columnsOf(rows), initial, settings, pool);
      const expected = lloydRuns(inPlaceOrder(rows, whole.rows), initial, settings);
      expectSame(whole, rows, expected.at(-1)!);
      for (const [i, one] of expected.slice(0, 40).entries()) {
        expectSame(
          await lloydOn(whole.rows, initial, { ...settings, maxIterations: i + 1 }, pool),
          rows,
          one,
        );
      }
    },
  );

  it('moves rows between segments for more iterations than are remembered', async () => {
    const rows = groupedRows(20_000, 5, 1, 3);
    const run = await lloyd(
      columnsOf(rows),
      rows.slice(0, 9),
      { maxIterations: 300, tolerance: 1e-20 },
      pool,
    );
    expect(run.iterations).toBeGreaterThan(60);
  });
});

/** Rows in clumps from a millionth to 100 wide, on a grid on which sums are exact; first centroids whose boundaries pass through clumps. */
function clumpsCase(random: Random): { rows: number[][]; initial: number[][]; maxIterations: number } {
  const d = [1, 2, 3, 5, 8][random.below(5)]!;
  const k = 1 + random.below(random.below(4) === 0 ? 45 : 8);
  const count = 64 + random.below(500);
  const clumps = Array.from({ length: 1 + random.below(12) }, () => ({
    centre: Array.from({ length: d }, () =>
      random.below(3) === 0 ? 0 : random.normal() * 10 ** (6 * random.next() - 3),
    ),
    width: 10 ** (8 * random.next() - 6),
  }));
  const rows = Array.from({ length: count }, () => {
    const { centre, width } = clumps[random.below(clumps.length)]!;
    return centre.map((x) => Math.round((x + width * random.normal()) * 2 ** 28) / 2 ** 28 + 0);
  });
  const initial = Array.from({ length: k }, () => {
    const [a, b] = [rows[random.below(count)]!, rows[random.below(count)]!];
    const part = [0, 0.5, 2][random.below(3)]!;
    return a.map((x, j) => x + part * (b[j]! - x));
  });
  return { rows, initial, maxIterations: 1 + random.below(12) };
}

describe('a fit of odd rows', () => {
  const lattice = (count: number, d: number, seed: number): number[][] => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => Array.from({ length: d }, () => random.below(4)));
  };

  it.each(FEATURES)('gives ties to the lowest segment (%i features)', async (d) => {
    for (const count of [70, 1000]) {
      const rows = lattice(count, d, count + d);
      const initial = [...lattice(5, d, 1), ...lattice(5, d, 1), ...lattice(4, d, 2)].slice(0, count);
      const settings = { maxIterations: 40, tolerance: 0 };
      const run = await lloyd(columnsOf(rows), initial, settings, pool);
      expectSame(run, rows, lloydRuns(inPlaceOrder(rows, run.rows), initial, settings).at(-1)!);
    }
  });

  it.each([2, 5])('relocates empty segments, as many as there are (%i features)', async (d) => {
    const rows = groupedRows(900, d, 4, d);
    const far = [1, 2, 3].map((i) => rows[0]!.map(() => 1000 * i));
    await expectFit(rows, [...rows.slice(0, 3), ...far], 40);
    await expectFit(rows, [...far, ...rows.slice(0, 40)], 40);
  });

  it('bears an outlier a million standard deviations away', async () => {
    const rows = [...groupedRows(5000, 5, 4, 1), [1e6, -1e6, 1e6, 0, 1]];
    await expectFit(rows, rows.slice(0, 5), 60);
    await expectFit(rows, rows.slice(-5), 60);
  });

  it('sees no columns that are constant, and rows that are all the same', async () => {
    const rows = groupedRows(700, 3, 3, 2).map(([a, b, c]) => [a!, 7, b!, 0, c!]);
    await expectFit(rows, rows.slice(0, 4), 60);
    const same = Array.from({ length: 130 }, () => [0.5, 7, 3]);
    await expectFit(same, same.slice(0, 3), 60);
  });

  it('tells rows apart that lie far from zero', async () => {
    const steps = groupedRows(3000, 5, 4, 6).map((row) => row.map((x) => Math.round(256 * x) / 256)); // exact sums
    const rows = steps.map((row) => row.map((x) => x + 1e9));
    await expectFit(rows, rows.slice(0, 4), 30);
  });

  // A box far from zero is narrower than 32-bit floats tell places apart; the boundary of two segments passes through it.
  it.each([1, 2, 5])('cuts through rows that lie close together far from zero (%i features)', async (d) => {
    for (let seed = 0; seed < 100; seed++) {
      const random = seededRandom(seed);
      const centre = Array.from({ length: d }, () => 1 + random.next());
      const width = 10 ** (-2 - 5 * random.next());
      const rows = Array.from({ length: 130 }, () => centre.map((x) => x + width * (2 * random.next() - 1)));
      const initial = [centre.map(() => 0), centre.map((x) => 2 * x)];
      const { labels } = await lloyd(columnsOf(rows), initial, { maxIterations: 0, tolerance: 0 }, pool);
      expect(labels).toEqual(rows.map((row) => nearest(row, initial)));
    }
  });

  it('equals the reference bit for bit for clumps of any width, with boundaries that pass through them', async () => {
    for (let seed = 0; seed < 1500; seed++) {
      const { rows, initial, maxIterations } = clumpsCase(seededRandom(seed));
      const settings = { maxIterations, tolerance: 0 };
      const {
        rows: trained,
        inertia: _,
        sizes: _sizes,
        within: _within,
        ...run
      } = await lloyd(columnsOf(rows), initial, settings, pool);
      const expected = lloydRuns(inPlaceOrder(rows, trained), initial, settings).at(-1)!;
      expect({ ...run, labels: inPlaceOrder(run.labels, trained) }).toEqual(expected);
    }
  });

  it('decides ties and near ties among many rows, iteration by iteration', async () => {
    for (const [d, k] of [
      [2, 7],
      [5, 9],
      [3, 40],
    ] as const) {
      const rows = groupedRows(20_000, d, 3, d).map((row) => row.map((x) => Math.round(4 * x) / 4));
      const initial = rows.slice(0, k).map((row, i) => rows[2 * (i >> 1)]!.map((x, j) => (x + row[j]!) / 2));
      const settings = { maxIterations: 30, tolerance: 0 };
      const whole = await lloyd(columnsOf(rows), initial, settings, pool);
      const expected = lloydRuns(inPlaceOrder(rows, whole.rows), initial, settings);
      for (const [i, one] of expected.entries()) {
        expectSame(
          await lloydOn(whole.rows, initial, { ...settings, maxIterations: i + 1 }, pool),
          rows,
          one,
        );
      }
    }
  });

  // What is too small for a square stands at one point; what is too large has no distance: the first segment takes it.
  it.each([
    1e-310, 1e-170, 1e-100, 1e-30, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19, 1e-18, 1e18, 1e38, 1e100, 1e150, 1e155,
    1e300,
  ])('survives rows of the size of %d', async (scale) => {
    const rows = groupedRows(501, 3, 4, 3).map((row) => row.map((x) => x * scale));
    const initial = rows.slice(0, 4);
    const settings = { maxIterations: 20, tolerance: 0 };
    const run = await lloyd(columnsOf(rows), initial, settings, pool);
    const expected = lloydRuns(inPlaceOrder(rows, run.rows), initial, settings).at(-1)!;
    expect(inPlaceOrder(run.labels, run.rows)).toEqual(expected.labels);
    expect(run).toMatchObject({ iterations: expected.iterations, stop: expected.stop });
    const largest = Math.max(...rows.flat().map(Math.abs));
    run.centroids.forEach((point, c) =>
      point.forEach((x, j) => expect(Math.abs(x - expected.centroids[c]![j]!) / largest).toBeLessThan(1e-12)),
    );
  });
});
