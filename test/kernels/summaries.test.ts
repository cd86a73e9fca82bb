import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import type { Labels } from '#segue/kernels/labels.js';
import { label } from '#segue/training/kmeans.js';
import { fitMoments } from '#segue/training/moments.js';
import { openPool } from '#segue/training/pool.js';
import { labelsOf, rowsOf } from '#segue/training/rows.js';
import { type Scaler, scalerFrom, unitScaler } from '#segue/training/scaler.js';
import { type Summaries, summarise } from '#segue/training/summaries.js';
import { exactMoments } from '../reference/moments.js';
import { mean as meanOf, nearest, type Points, squared } from '../reference/points.js';
import { countBetween, deciles, quantile } from '../reference/quantiles.js';
import { greedySeeds, potentialOf } from '../reference/seeding.js';
import { anyRows, columnsOf, groupedRows } from '../training/support/data.js';
import { seedsOf } from '../training/support/fit.js';

const pool = openPool(1);
const EXEMPLARS = 4;

/** Rows whose moments can be had exactly. */
const onGrid = (rows: Points): number[][] =>
  rows.map((row) => row.map((x) => Math.round(x * 1024) / 1024 + 0));

interface Summarised {
  readonly summaries: Summaries;
  readonly labels: Labels;
}

async function summaryOf(rows: Points, centroids: Points, scaler: Scaler): Promise<Summarised> {
  const built = await rowsOf(columnsOf(rows), scaler, centroids.length, pool);
  const { sizes } = await label(built, centroids, pool);
  const summaries = await summarise(
    built,
    { centroids, sizes },
    await fitMoments(columnsOf(rows), pool),
    EXEMPLARS,
    pool,
  );
  return { summaries, labels: await labelsOf(built, pool) };
}

function expectSummaries(rows: Points, centroids: Points, scaler: Scaler, found: Summarised): void {
  const { summaries, labels } = found;
  const scaled = rows.map((row) => row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!));
  expect([...labels]).toEqual(scaled.map((row) => nearest(row, centroids)));
  const d = rows[0]!.length;
  const columnOf = (own: readonly number[], j: number): number[] => own.map((row) => rows[row]![j]!);
  for (let j = 0; j < d; j++) {
    const column = columnOf([...rows.keys()], j);
    expect(summaries.all.deciles[j]).toEqual(deciles(column));
    expect(summaries.all.counts[j]).toEqual(countBetween(column, deciles(column).slice(1, -1)));
  }
  expect(summaries.segments).toHaveLength(centroids.length);
  summaries.segments.forEach((segment, c) => {
    const own = [...rows.keys()].filter((row) => labels[row] === c);
    expect(segment.nearest).toHaveLength(Math.min(EXEMPLARS, own.length));
    const distances = own.map((row) => Math.sqrt(squared(scaled[row]!, centroids[c]!)));
    const least = distances.toSorted((a, b) => a - b).slice(0, EXEMPLARS);
    expect(segment.nearest.map(({ distance }) => distance)).toEqual(least);
    for (const { row, distance } of segment.nearest) expect(distances[own.indexOf(row)]).toBe(distance);
    expect(new Set(segment.nearest.map(({ row }) => row)).size).toBe(segment.nearest.length);
    if (own.length === 0) {
      expect(segment.deciles).toEqual([]);
      expect(segment.distances).toBeNull();
      return;
    }
    expect(segment.distances).toEqual({
      p50: quantile(distances, 0.5),
      p90: quantile(distances, 0.9),
      p95: quantile(distances, 0.95),
      p99: quantile(distances, 0.99),
      p99_9: quantile(distances, 0.999),
      max: distances.reduce((a, b) => Math.max(a, b)),
    });
    for (let j = 0; j < d; j++) {
      const column = columnOf(own, j);
      expect(segment.deciles[j]).toEqual(deciles(column));
      const { mean, sd } = exactMoments(column, 2 ** -10);
      const size = Math.max(...rows.map((row) => Math.abs(row[j]!)));
      expect(Math.abs(segment.mean[j]! - mean)).toBeLessThanOrEqual(1e-13 * size);
      expect(Math.abs(segment.sd[j]! - sd)).toBeLessThanOrEqual(1e-12 * sd + 1e-13 * size);
    }
  });
}

describe('summaries', () => {
  it('equal their definitions for any rows, ties and empty segments included', async () => {
    const given = anyRows(150).chain((rows) =>
      fc.tuple(fc.constant(onGrid(rows)), fc.array(fc.nat(rows.length - 1), { minLength: 1, maxLength: 9 })),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([rows, picks]) => {
        const centroids = picks.map((row) => rows[row]!);
        const scaler = unitScaler(rows[0]!.length);
        expectSummaries(rows, centroids, scaler, await summaryOf(rows, centroids, scaler));
      }),
    );
  });

  it.each([
    [20_003, 5, 6],
    [9001, 3, 40],
    [8192, 2, 70],
  ])('equal their definitions for %i rows of %i features in %i segments', async (count, d, k) => {
    const rows = onGrid(groupedRows(count, d, 5, k).map((row) => row.map((x, j) => 100 * j + x * (1 + j))));
    const scaler = scalerFrom(await fitMoments(columnsOf(rows), pool));
    const centroids = rows.slice(0, k).map((row) => row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!));
    centroids[1] = centroids[0]!; // stays empty
    expectSummaries(rows, centroids, scaler, await summaryOf(rows, centroids, scaler));
  });

  it('find deciles where one far value makes all others look alike, and where most values are the same', async () => {
    const close = groupedRows(80_000, 2, 1, 4).map(([a, b], i) => [a!, i % 3 === 0 ? b! : 7]);
    const rows = onGrid([...close, [1e9, -1e9]]);
    const scaler = unitScaler(2);
    const { summaries } = await summaryOf(
      rows,
      [
        [0, 0],
        [1e9, 0],
      ],
      scaler,
    );
    for (const j of [0, 1]) {
      const column = rows.map((row) => row[j]!);
      expect(summaries.all.deciles[j]).toEqual(deciles(column));
      expect(summaries.segments[0]!.deciles[j]).toEqual(deciles(column.slice(0, -1)));
      expect(summaries.all.counts[j]).toEqual(countBetween(column, deciles(column).slice(1, -1)));
    }
  });
});

describe('moments', () => {
  it.each([1, 2, 2047, 2048, 2049, 4097, 20_003])('are exact to 1e-12 for %i rows', async (count) => {
    for (const offset of [0, 1e3, 1e6]) {
      const rows = onGrid(groupedRows(count, 3, 3, count).map((row) => row.map((x) => x + offset)));
      const found = await fitMoments(columnsOf(rows), pool);
      found.forEach(({ n, mean, sd, kurtosis, min, max }, j) => {
        const column = rows.map((row) => row[j]!);
        const exact = exactMoments(column, 2 ** -10);
        expect({ n, min, max }).toEqual({
          n: count,
          min: column.reduce((a, b) => Math.min(a, b)),
          max: column.reduce((a, b) => Math.max(a, b)),
        });
        expect(Math.abs(mean - exact.mean)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(exact.mean)));
        if (exact.sd === 0) {
          expect({ sd, kurtosis }).toEqual({ sd: 0, kurtosis: 1 });
          return;
        }
        expect(Math.abs(sd / exact.sd - 1)).toBeLessThan(1e-13);
        expect(Math.abs(kurtosis / exact.kurtosis - 1)).toBeLessThan(1e-12);
      });
    }
  });
});

describe('seeds', () => {
  it('are distinct rows, and worth as much as those of the reference', async () => {
    const rows = groupedRows(500, 4, 6, 2);
    const points = new Set(rows.map(String));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const seeds = await seedsOf(columnsOf(rows), 8, seed, pool);
      for (const point of seeds) expect(points).toContain(String(point));
      expect(new Set(seeds.map(String)).size).toBe(8);
      ours.push(potentialOf(rows, seeds));
      theirs.push(potentialOf(rows, greedySeeds(rows, 8, seededRandom(seed, 99))));
    }
    const error = Math.sqrt((varianceOf(ours) + varianceOf(theirs)) / 200);
    expect(Math.abs(meanOf(ours) - meanOf(theirs))).toBeLessThan(3 * error);
    expect(error / meanOf(theirs)).toBeLessThan(0.02);
  });
});

function varianceOf(values: readonly number[]): number {
  const middle = meanOf(values);
  return meanOf(values.map((x) => (x - middle) ** 2));
}
