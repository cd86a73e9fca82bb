import { describe, expect, it } from 'vitest';
import { allocateColumns, type Columns, columnMemory } from '#segue/core/columns.js';
import { seededRandom } from '#segue/core/random.js';
import { assign } from '#segue/training/assign.js';
import { label } from '#segue/training/kmeans.js';
import { openPool } from '#segue/training/pool.js';
import { labelsOf, rowsOf } from '#segue/training/rows.js';
import type { Scaler } from '#segue/training/scaler.js';
import { nearest, type Points, squared } from '../reference/points.js';
import { columnsOf, groupedRows } from '../training/support/data.js';

const pool = openPool(1);

async function expectNearest(rows: Points, centroids: Points, scaler?: Scaler): Promise<void> {
  const { labels, distances } = await assign(columnsOf(rows), centroids, pool, {
    distances: true,
    ...(scaler === undefined ? {} : { scaler }),
  });
  const scaled = rows.map((row) =>
    scaler === undefined ? row : row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!),
  );
  expect([...labels]).toEqual(scaled.map((row) => nearest(row, centroids)));
  expect([...distances!]).toEqual(scaled.map((row, i) => Math.sqrt(squared(row, centroids[labels[i]!]!))));
  expect((await assign(columnsOf(rows), centroids, pool, scaler && { scaler })).labels).toEqual(labels);
}

const scalerFor = (d: number): Scaler => ({
  mean: Array.from({ length: d }, (_, j) => 10 * j - 3),
  sd: Array.from({ length: d }, (_, j) => 0.3 + j),
});

describe('predict', () => {
  it.each([1, 2, 3, 4, 5, 6, 8, 13, 32])(
    'gives labels and distances to the last bit (%i features)',
    async (d) => {
      for (const [count, k] of [
        [1, 1],
        [2, 3],
        [63, 5],
        [2047, 33],
        [2049, 8],
        [4100, 300],
      ] as const) {
        const rows = groupedRows(count, d, 5, count);
        await expectNearest(rows, groupedRows(k, d, 4, k));
        await expectNearest(rows, groupedRows(k, d, 4, k), scalerFor(d));
      }
    },
  );

  it('gives them for every number of rows', async () => {
    for (let count = 1; count <= 70; count++) {
      const rows = groupedRows(count, 5, 3, count);
      await expectNearest(rows, rows.slice(0, 4), scalerFor(5));
    }
  });

  it.each([1, 2, 3, 5, 8])('gives ties to the lowest segment (%i features)', async (d) => {
    const random = seededRandom(d);
    const lattice = (count: number): number[][] =>
      Array.from({ length: count }, () => Array.from({ length: d }, () => random.below(5) - 2));
    await expectNearest(lattice(5000), lattice(40));
  });

  it('is what a fit says too, by any scaler: of one row at a time, of columns, of blocks', async () => {
    for (const [d, k] of [
      [1, 3],
      [2, 9],
      [5, 8],
      [5, 33],
      [8, 12],
    ] as const) {
      const scaler = scalerFor(d);
      const centroids = groupedRows(k, d, 4, k);
      const random = seededRandom(k);
      const rows = Array.from({ length: 6000 }, (_, i) => {
        const [a, b] = [centroids[random.below(k)]!, centroids[random.below(k)]!]; // near the boundary of two segments
        const width = 10 ** -(i % 17);
        return a.map((x, j) => ((x + b[j]!) / 2 + width * random.normal()) * scaler.sd[j]! + scaler.mean[j]!);
      });
      await expectNearest(rows, centroids, scaler);
      const built = await rowsOf(columnsOf(rows), scaler, k, pool);
      const { sizes } = await label(built, centroids, pool);
      const { labels } = await assign(columnsOf(rows), centroids, pool, { scaler });
      expect(await labelsOf(built, pool)).toEqual(labels);
      expect(sizes).toEqual(centroids.map((_, c) => labels.filter((own) => own === c).length));
    }
  });

  it('decides between centroids that are all but the same', async () => {
    const rows = groupedRows(3000, 5, 3, 4);
    const centroids = [1, 1 + 1e-9, 1 - 1e-12, 1 + 2 ** -52].flatMap((near) =>
      rows.slice(0, 5).map((row) => row.map((x) => x * near)),
    );
    await expectNearest(rows, centroids);
    await expectNearest(rows, centroids, scalerFor(5));
  });

  it.each([
    1e-310, 1e-170, 1e-100, 1e-30, 1e-23, 1e-22, 1e-21, 1e-20, 1e-19, 1e-18, 1e18, 1e38, 1e100, 1e155, 1e300,
  ])('survives rows of the size of %d', async (scale) => {
    const rows = groupedRows(501, 3, 4, 3).map((row) => row.map((x) => x * scale));
    await expectNearest(rows, rows.slice(0, 4));
  });

  it.each([1e-310, 1e-30, 1e-6, 1e6])('tells rows of the size of 1 from those of %d', async (scale) => {
    const rows = groupedRows(501, 3, 4, 3).map((row) => row.map((x) => x * scale));
    const both = [...rows, ...groupedRows(50, 3, 4, 3)];
    await expectNearest(both, both.slice(-6));
    await expectNearest(both, [...rows.slice(0, 2), ...both.slice(-2)]);
  });

  it.each([1, 2, 5, 8])('labels rows far out among others (%i features)', async (d) => {
    const random = seededRandom(d);
    const rows = groupedRows(4000, d, 4, 9).map((row, i) => {
      if (i % 3 > 0) return row;
      const size = 10 ** (random.next() * 40 - 10);
      return row.map((x) => x + size * random.normal());
    });
    await expectNearest(rows, rows.slice(1, 8));
    await expectNearest(rows, rows.slice(1, 8), scalerFor(d));
  });

  it('labels rows at either end of what whole numbers reach, beside the boundary of two segments', async () => {
    const random = seededRandom(8);
    const end = 8; // standard deviations, as the centroids are near
    for (let n = 0; n < 60; n++) {
      const a = [random.next() * 4 - 2, random.next() * 4 - 2];
      const b = [a[0]! + 0.2 * random.normal(), -a[1]!]; // so that the boundary stays within reach
      const rows = Array.from({ length: 1600 }, (_, i) => {
        if (i % 8 > 1) return [random.normal(), random.normal()]; // many close ones would be compared otherwise
        const x = (i % 2 === 0 ? -end : end) * (1 + (random.next() * 4 - 2) / 32_767);
        const middle =
          (squared([0, 0], a) - squared([0, 0], b) - 2 * x * (a[0]! - b[0]!)) / (2 * (a[1]! - b[1]!));
        return [x, middle + 10 ** -(2 + (i % 11)) * random.normal()];
      });
      await expectNearest(rows, [a, b]);
    }
  });

  it.each([0, 0.1, 7, 123.4, 5e6])(
    'labels rows beside the boundary of two segments close by, about a mean of %d',
    async (mean) => {
      const random = seededRandom(3);
      for (let n = 0; n < 100; n++) {
        const [a, b] = [0.02 * random.normal(), 0.02 * random.normal()];
        const scaler = { mean: [mean * (1 + random.next())], sd: [0.1 + random.next()] };
        const rows = Array.from({ length: 1280 }, (_, i) => {
          const z = i % 8 > 0 ? random.normal() : (a + b) / 2 + 10 ** -(4 + (i % 11)) * random.normal();
          return [z * scaler.sd[0]! + scaler.mean[0]!];
        });
        await expectNearest(rows, [[a], [b]], scaler);
      }
    },
  );

  it.each([0, 1, 1e3, 1e6, 1e9, 1e12, 1e15])('labels rows about a mean of %d', async (mean) => {
    const rows = groupedRows(3000, 5, 4, 2);
    const sd = [1, 0.5, 3, 1e-3, 20];
    const scaler = { mean: sd.map((unit, j) => mean + j * unit), sd };
    const moved = rows.map((row) => row.map((z, j) => z * sd[j]! + scaler.mean[j]!));
    await expectNearest(moved, rows.slice(0, 8), scaler);
  });
});

describe('columns in a memory of WebAssembly', () => {
  const d = 32;
  const names = Array.from({ length: d }, (_, j) => `x${j}`);

  /** So many rows that they are worth a memory. */
  function manyRows(): Columns {
    const columns = allocateColumns(names, 131_100);
    const random = seededRandom(5);
    for (const column of columns.data) for (let i = 0; i < columns.rows; i++) column[i] = random.normal();
    return columns;
  }

  const elsewhere = ({ names: same, rows, data }: Columns): Columns => ({
    names: same,
    rows,
    data: data.map((column) => {
      const copy = new Float64Array(new SharedArrayBuffer(column.byteLength));
      copy.set(column);
      return copy;
    }),
  });

  it('are labelled in place as columns elsewhere are', async () => {
    const columns = manyRows();
    const copies = elsewhere(columns);
    expect(columnMemory(columns)).toBeDefined();
    expect(columnMemory(copies)).toBeUndefined();
    const workers = openPool(3);
    for (const k of [1, 8, 257]) {
      const options = { distances: k > 1, scaler: scalerFor(d) };
      const centroids = groupedRows(k, d, 4, k);
      expect(await assign(columns, centroids, workers, options)).toEqual(
        await assign(copies, centroids, workers, options),
      );
    }
    await workers.close();
  });

  it('are labelled by two pools at once', async () => {
    const columns = manyRows();
    const [one, other] = [openPool(1), openPool(2)];
    const [few, many] = [groupedRows(3, d, 3, 1), groupedRows(9, d, 3, 2)];
    const found = await Promise.all([assign(columns, few, one), assign(columns, many, other)]);
    expect(found).toEqual([await assign(columns, few, one), await assign(columns, many, one)]);
    await one.close();
    await other.close();
  });

  it('are taken as they lie, or not at all', () => {
    const columns = manyRows();
    const { data } = columns;
    expect(columnMemory({ ...columns, data: data.slice(0, 3) })).toBeDefined();
    expect(columnMemory({ ...columns, data: data.slice(1) })).toBeUndefined();
    expect(columnMemory({ ...columns, data: data.toReversed() })).toBeUndefined();
  });
});
