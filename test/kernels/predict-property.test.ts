import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Random, seededRandom } from '#segue/core/random.js';
import { assign } from '#segue/training/assign.js';
import { openPool } from '#segue/training/pool.js';
import { nearest } from '../reference/points.js';
import { columnsOf } from '../training/support/data.js';

const pool = openPool(1);

const pointOf = (d: number, random: Random, size: number): number[] =>
  Array.from({ length: d }, () => size * random.normal());

/** A point as far from one centroid as from the other, up to `apart` times their distance. */
function between(
  a: readonly number[],
  b: readonly number[],
  far: number,
  apart: number,
  random: Random,
): number[] {
  const gap = a.map((x, j) => x - b[j]!);
  const away = pointOf(a.length, random, far);
  const length = gap.reduce((sum, x) => sum + x * x, 0);
  const along = length === 0 ? 0 : gap.reduce((sum, x, j) => sum + x * away[j]!, 0) / length;
  return a.map((x, j) => (x + b[j]!) / 2 + away[j]! + (apart - along) * gap[j]!);
}

/** Most rows are easy: where many aren't, all are decided in another way. */
function rowsBeside(centroids: readonly number[][], size: number, random: Random): number[][] {
  const pick = (): number[] => centroids[random.below(centroids.length)]!;
  return Array.from({ length: 640 }, (_, i) => {
    if (i % 8 > 1) return pick().map((x) => x + 0.3 * size * random.normal());
    const far = random.next() < 0.3 ? 8 : size;
    return between(pick(), pick(), far, 10 ** -(2 + 13 * random.next()) * random.normal(), random);
  });
}

it('names the nearest centroid, whatever the rows, the centroids and the scale', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 17 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: -30, max: 10 }),
      fc.option(fc.integer({ min: -1, max: 9 })),
      fc.integer({ min: 1, max: 2 ** 31 }),
      async (d, k, tenths, offset, seed) => {
        const random = seededRandom(seed);
        const size = 10 ** (tenths / 10);
        const centroids = Array.from({ length: k }, () => pointOf(d, random, size));
        const about = offset === null ? 0 : 10 ** offset;
        const scaler = {
          mean: pointOf(d, random, about),
          sd: Array.from({ length: d }, () => (offset === null ? 1 : 10 ** (4 * random.next() - 2))),
        };
        const rows = rowsBeside(centroids, size, random).map((row) =>
          row.map((z, j) => z * scaler.sd[j]! + scaler.mean[j]!),
        );
        const { labels } = await assign(columnsOf(rows), centroids, pool, { scaler });
        const scaled = rows.map((row) => row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!));
        expect([...labels]).toEqual(scaled.map((row) => nearest(row, centroids)));
      },
    ),
    { numRuns: 300 },
  );
});
