import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { SegueError } from '#segue/core/errors.js';
import { fitMoments, type Moments } from '#segue/training/moments.js';
import { openPool } from '#segue/training/pool.js';
import { fitScaler, standardise, unscale } from '#segue/training/scaler.js';
import { exactMoments } from '../reference/moments.js';
import { columnsOf } from './support/data.js';

const pool = openPool(1);

const column = (values: readonly number[]): ReturnType<typeof columnsOf> => columnsOf(values.map((x) => [x]));

describe('scaler', () => {
  it('gives every column a mean of 0 within 1e-6 and a standard deviation of 1', async () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const anyThree = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(anyThree, async (rows) => {
        const columns = columnsOf(rows);
        const scaled = standardise(columns, await fitScaler(columns, pool));
        scaled.data.forEach((z, j) => {
          const range = Math.max(...columns.data[j]!) - Math.min(...columns.data[j]!);
          const mean = z.reduce((sum, x) => sum + x, 0) / rows.length;
          expect(Math.abs(mean)).toBeLessThan(1e-6);
          if (range < 1e-3) return; // near-constant columns have cases of their own
          expect(Math.sqrt(z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows.length)).toBeCloseTo(1, 6);
        });
      }),
    );
  });

  it.each([0, 1e3, 1e6, 1e9])(
    'is exact to 1e-12 at an offset of %d, whatever is left of the last tile',
    async (offset) => {
      const noise = fc.integer({ min: -4096, max: 4096 });
      await fc.assert(
        fc.asyncProperty(fc.array(noise, { minLength: 2, maxLength: 5000 }), async (steps) => {
          fc.pre(new Set(steps).size > 1);
          const values = steps.map((step) => offset + step / 1024);
          const [{ mean, sd, kurtosis, min, max, n }] = (await fitMoments(column(values), pool)) as [Moments];
          const expected = exactMoments(values, 2 ** -10);
          expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(
            1e-12 * Math.max(1, Math.abs(expected.mean)),
          );
          expect(Math.abs(sd / expected.sd - 1)).toBeLessThan(1e-12);
          expect(Math.abs(kurtosis / expected.kurtosis - 1)).toBeLessThan(1e-11);
          expect({ n, min, max }).toEqual({
            n: values.length,
            min: Math.min(...values),
            max: Math.max(...values),
          });
        }),
      );
    },
  );

  it('gives a constant column the scale 1, so that it becomes 0', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        async (value, rows) => {
          const columns = column(Array.from({ length: rows }, () => value));
          const scaler = await fitScaler(columns, pool);
          expect(scaler).toEqual({ mean: [value], sd: [1] });
          expect([...standardise(columns, scaler).data[0]!]).toEqual(Array.from({ length: rows }, () => 0));
        },
      ),
    );
  });

  it('takes rounding noise for a constant, not for information', async () => {
    const scaler = await fitScaler(column([0.3, 0.1 + 0.2, 0.3, 0.3]), pool);
    expect(scaler.sd).toEqual([1]);
  });

  it('takes centroids back to the units of the features', () => {
    const scaler = { mean: [100, 0.5], sd: [20, 0.25] };
    expect(
      unscale(
        [
          [1, -2],
          [0, 0],
        ],
        scaler,
      ),
    ).toEqual([
      [120, 0],
      [100, 0.5],
    ]);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d and names column, row and value', async (bad) => {
    const columns = columnsFromRows(
      ['energy', 'tempo'],
      [
        [1, 2],
        [3, 4],
        [5, bad],
      ],
    );
    await expect(fitScaler(columns, pool)).rejects.toThrow(
      new SegueError('SEGUE_INVALID_NUMBER', {
        what: 'tempo of row 2 is not a finite number',
        value: String(bad),
        mend: 'Leave the row out, or mend its value.',
      }),
    );
  });

  it('refuses to learn from no row', async () => {
    await expect(fitScaler(columnsFromRows(['tempo'], []), pool)).rejects.toMatchObject({
      code: 'SEGUE_TOO_FEW_ROWS',
    });
  });
});
