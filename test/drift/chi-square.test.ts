import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { chiSquareAt, normalOfChiSquare, pooled } from '#segue/drift/chi-square.js';

/** Quantiles of R's `qchisq`, and of `qnorm` for the same probability. */
const QUANTILES = [
  { p: 0.99, degrees: 1, statistic: 6.634897, z: 2.326348 },
  { p: 0.99, degrees: 3, statistic: 11.34487, z: 2.326348 },
  { p: 0.99, degrees: 9, statistic: 21.66599, z: 2.326348 },
  { p: 0.999, degrees: 4, statistic: 18.46683, z: 3.090232 },
  { p: 0.999, degrees: 9, statistic: 27.87716, z: 3.090232 },
  { p: 0.5, degrees: 9, statistic: 8.342833, z: 0 },
];

it.each(QUANTILES)('chi-square($degrees) at $p is $statistic', ({ degrees, statistic, z }) => {
  expect(normalOfChiSquare(statistic, degrees)).toBeCloseTo(z, 1);
  expect(Math.abs(chiSquareAt(z, degrees) / statistic - 1)).toBeLessThan(0.03);
});

it('both directions are each other’s inverse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 200, noNaN: true }),
      fc.integer({ min: 1, max: 30 }),
      (x, degrees) => {
        expect(chiSquareAt(normalOfChiSquare(x, degrees), degrees)).toBeCloseTo(x, 6);
      },
    ),
  );
});

it('classes are put together until chance puts five tracks into each, and nothing is lost', () => {
  const classes = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(classes, fc.nat(500), (rows, tracks) => {
      const total = rows.reduce((sum, [, reference]) => sum + reference, 0);
      fc.pre(total > 0);
      const before = { current: rows.map(([n]) => n), reference: rows.map(([, n]) => n / total) };
      const after = pooled(before, tracks);
      const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
      expect(sum(after.current)).toBe(sum(before.current));
      expect(sum(after.reference)).toBeCloseTo(1, 9);
      if (after.reference.length > 1)
        for (const share of after.reference) expect(share * tracks).toBeGreaterThanOrEqual(5);
    }),
  );
});
