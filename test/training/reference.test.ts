import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectRanks } from '#segue/kernels/programs/select-ranks.js';
import type { FeatureReference } from '#segue/models/format.js';
import { label } from '#segue/training/kmeans.js';
import { fitMoments, type Moments } from '#segue/training/moments.js';
import { openPool } from '#segue/training/pool.js';
import { DECILES, quantileRanks, quantilesFrom } from '#segue/training/quantiles.js';
import { referenceOf } from '#segue/training/reference.js';
import { rowsOf } from '#segue/training/rows.js';
import { unitScaler } from '#segue/training/scaler.js';
import { type AllSummary, summarise } from '#segue/training/summaries.js';
import { countBetween, deciles, quantile } from '../reference/quantiles.js';
import { columnsOf } from './support/data.js';

const pool = openPool(1);

const values = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: -50, max: 50, noNaN: true })),
  {
    minLength: 1,
    maxLength: 200,
  },
);

/** Deciles and counts of a column as one segment. */
async function summaryOf(given: readonly number[]): Promise<AllSummary> {
  const rows = await rowsOf(columnsOf(given.map((x) => [x])), unitScaler(1), 1, pool);
  const moments = await fitMoments(columnsOf(given.map((x) => [x])), pool);
  const { sizes } = await label(rows, [[0]], pool);
  return (await summarise(rows, { centroids: [[0]], sizes }, moments, 1, pool)).all;
}

describe('quantiles', () => {
  it('interpolate as numpy does', () => {
    const ascending = [1, 2, 4, 8];
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(ascending, share))).toEqual([1, 1.75, 3, 5, 8]);
    expect(quantile(ascending, 0.9)).toBeCloseTo(6.8, 12);
    expect(deciles([7])).toEqual(Array.from({ length: 11 }, () => 7));
  });

  it('need no more than the values at a few ranks', () => {
    fc.assert(
      fc.property(values, (given) => {
        const ascending = given.toSorted((a, b) => a - b);
        const ranks = quantileRanks(DECILES, given.length);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const found = quantilesFrom(
          ranks.map((rank) => ascending[rank]!),
          DECILES,
          given.length,
        );
        expect(found).toEqual(deciles(given));
      }),
    );
    expect(quantileRanks(DECILES, 0)).toEqual([]);
  });

  it('are exact, and every value is counted in exactly the bin that holds it', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const { deciles: found, counts } = await summaryOf(given);
        const expected = deciles(given);
        expect(found[0]!.map(plain)).toEqual(expected.map(plain));
        expect(counts[0]).toEqual(countBetween(given, expected.slice(1, -1)));
      }),
      { examples: [[[-5e-324, 0]]] },
    );
  });

  it.each([
    [0, 5e-324],
    [-2e-308, 2e-308],
    [1, 1 + 2 ** -52],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
  ])('are found between %d and %d, however often these occur', (low, high) => {
    const rows = 200_000;
    const column = Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? high : low));
    const chunk = { rows, values: column, labels: new Uint16Array(rows) };
    const ranks = [0, rows / 2 - 1, rows / 2, rows - 1];
    const found = selectRanks({ read: () => [chunk], firstLabel: 0 }, [ranks, ranks], low, high);
    expect(found).toEqual([0, 1].map(() => [low, low, high, high]));
  });
});

/** -0 as 0: they are equal, and which of them comes first has no meaning. */
const plain = (x: number): number => x + 0;

describe('referenceOf', () => {
  const referenceFor = async (given: readonly number[]): Promise<FeatureReference> => {
    const columns = columnsOf(given.map((x) => [x]));
    const moments: readonly Moments[] = await fitMoments(columns, pool);
    return referenceOf(columns.names, moments, await summaryOf(given))[0]!;
  };

  it('holds what drift is measured by', async () => {
    const { kurtosis, decile_edges, ...rest } = await referenceFor([1, 2, 2, 3, 7]);
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

  it('stays finite for a constant feature', async () => {
    expect(await referenceFor([5, 5])).toMatchObject({ sd: 0, kurtosis: 1, min: 5, max: 5 });
  });
});
