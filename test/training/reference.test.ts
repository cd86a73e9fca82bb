import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureReference } from '#segue/models/format.js';
import { fitMoments } from '#segue/training/moments.js';
import { countBins, deciles, quantile } from '#segue/training/quantiles.js';
import { referenceOf } from '#segue/training/reference.js';
import { columnsOf } from './support/data.js';

const values = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: -50, max: 50, noNaN: true })),
  {
    minLength: 1,
    maxLength: 200,
  },
);

describe('quantiles', () => {
  it('interpolate as numpy does', () => {
    const ascending = Float64Array.of(1, 2, 4, 8);
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(ascending, share))).toEqual([1, 1.75, 3, 5, 8]);
    expect(quantile(ascending, 0.9)).toBeCloseTo(6.8, 12);
    expect(deciles(Float64Array.of(7))).toEqual(Array.from({ length: 11 }, () => 7));
  });

  it('count every value in exactly the bin that holds it', () => {
    fc.assert(
      fc.property(values, (given) => {
        const ascending = Float64Array.from(given).toSorted();
        const edges = deciles(ascending).slice(1, -1);
        const expected = Array.from({ length: 10 }, (_, bin) => {
          const above = edges[bin - 1] ?? -Infinity;
          const upTo = edges[bin] ?? Infinity;
          return given.filter((value) => value > above && value <= upTo).length;
        });
        expect(countBins(ascending, edges)).toEqual(expected);
      }),
    );
  });
});

describe('referenceOf', () => {
  it('holds what drift is measured by', () => {
    const columns = columnsOf([[1], [2], [2], [3], [7]]);
    const [{ kurtosis, decile_edges, ...rest }] = referenceOf(columns, fitMoments(columns)) as [
      FeatureReference,
    ];
    expect(rest).toEqual({
      feature: 'x0',
      n: 5,
      mean: 3,
      sd: Math.sqrt(22 / 5),
      min: 1,
      max: 7,
      decile_counts: [1, 0, 2, 0, 0, 0, 0, 1, 0, 1],
    });
    expect(kurtosis).toBeCloseTo((16 + 1 + 1 + 0 + 256) / 5 / (22 / 5) ** 2, 12);
    [1.4, 1.8, 2, 2, 2, 2.4, 2.8, 3.8, 5.4].forEach((edge, i) =>
      expect(decile_edges[i]).toBeCloseTo(edge, 12),
    );
  });

  it('stays finite for a constant feature', () => {
    const columns = columnsOf([[5], [5]]);
    expect(referenceOf(columns, fitMoments(columns))[0]).toMatchObject({
      sd: 0,
      kurtosis: 1,
      min: 5,
      max: 5,
    });
  });
});
