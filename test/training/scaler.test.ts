import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { SegueError } from '#segue/core/errors.js';
import { fitScaler, standardise, unscale } from '#segue/training/scaler.js';
import { columnsOf } from './support/data.js';

const column = (values: readonly number[]): ReturnType<typeof columnsOf> => columnsOf(values.map((x) => [x]));

/** Mean and population standard deviation of whole numbers / 1024, in exact arithmetic up to the last step. */
function exact(thousandths: readonly number[]): { mean: number; sd: number } {
  const n = BigInt(thousandths.length);
  const values = thousandths.map(BigInt);
  const sum = values.reduce((total, value) => total + value, 0n);
  const squares = values.reduce((total, value) => total + (n * value - sum) ** 2n, 0n); // n² times the sum of squares
  const digits = 10n ** 40n;
  return {
    mean: ratio(sum, n) / 1024,
    sd: Math.sqrt(ratio((squares * digits) / n ** 3n, digits)) / 1024,
  };
}

function ratio(a: bigint, b: bigint): number {
  const whole = a / b;
  return Number(whole) + Number(a - whole * b) / Number(b);
}

describe('scaler', () => {
  it('gives every column a mean of 0 within 1e-6 and a standard deviation of 1', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 300 }), (rows) => {
        const columns = columnsOf(rows);
        const scaled = standardise(columns, fitScaler(columns));
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

  it.each([0, 1e3, 1e6, 1e9])('is exact to 1e-12 at an offset of %d', (offset) => {
    const noise = fc.integer({ min: -4096, max: 4096 });
    fc.assert(
      fc.property(fc.array(noise, { minLength: 2, maxLength: 3000 }), (steps) => {
        fc.pre(new Set(steps).size > 1);
        const thousandths = steps.map((step) => offset * 1024 + step);
        const { mean, sd } = fitScaler(column(thousandths.map((value) => value / 1024)));
        const expected = exact(thousandths);
        expect(Math.abs(mean[0]! - expected.mean)).toBeLessThanOrEqual(
          1e-12 * Math.max(1, Math.abs(expected.mean)),
        );
        expect(Math.abs(sd[0]! / expected.sd - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it('gives a constant column the scale 1, so that it becomes 0', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (value, rows) => {
          const columns = column(Array.from({ length: rows }, () => value));
          const scaler = fitScaler(columns);
          expect(scaler).toEqual({ mean: [value], sd: [1] });
          expect([...standardise(columns, scaler).data[0]!]).toEqual(Array.from({ length: rows }, () => 0));
        },
      ),
    );
  });

  it('takes rounding noise for a constant, not for information', () => {
    const scaler = fitScaler(column([0.3, 0.1 + 0.2, 0.3, 0.3]));
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

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d and names column, row and value', (bad) => {
    const columns = columnsFromRows(
      ['energy', 'tempo'],
      [
        [1, 2],
        [3, 4],
        [5, bad],
      ],
    );
    expect(() => fitScaler(columns)).toThrow(
      new SegueError('SEGUE_INVALID_NUMBER', {
        what: 'tempo of row 2 is not a finite number',
        value: String(bad),
        mend: 'Leave the row out, or mend its value.',
      }),
    );
  });

  it('refuses to learn from no row', () => {
    expect(() => fitScaler(columnsFromRows(['tempo'], []))).toThrow(
      expect.objectContaining({ code: 'SEGUE_TOO_FEW_ROWS' }),
    );
  });
});
