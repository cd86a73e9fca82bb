import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { allotSample, drawSorted } from '#segue/training/stratified-sample.js';

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('allotSample', () => {
  it('shares all points out, gives no stratum more than it has, and none that has rows nothing', () => {
    const sizes = fc.array(fc.nat(5000), { minLength: 1, maxLength: 12 }).filter((all) => total(all) > 0);
    fc.assert(
      fc.property(sizes, fc.integer({ min: 12, max: 6000 }), (all, points) => {
        const shares = allotSample(all, points);
        expect(total(shares)).toBe(Math.min(points, total(all)));
        shares.forEach((share, i) => {
          expect(share).toBeLessThanOrEqual(all[i]!);
          expect(share > 0).toBe(all[i]! > 0);
        });
      }),
    );
  });

  it('goes by size, but gives a small stratum a hundred', () => {
    expect(allotSample([900_000, 99_000, 1000], 4000)).toEqual([3431, 466, 103]);
    expect(allotSample([1000, 50, 0], 400)).toEqual([350, 50, 0]);
  });
});

describe('drawSorted', () => {
  it('draws so many different numbers, ascending', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(), (a, b, seed) => {
        const [count, size] = a < b ? [a, b] : [b, a];
        const drawn = drawSorted(size, count, seededRandom(seed));
        expect(drawn).toHaveLength(count);
        expect(drawn).toEqual([...new Set(drawn)].toSorted((x, y) => x - y));
        for (const value of drawn) expect(value).toBeLessThan(size);
      }),
    );
  });

  it('draws every number equally often', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let seed = 0; seed < 3000; seed++) {
      for (const value of drawSorted(10, 3, seededRandom(seed))) counts[value]!++;
    }
    for (const count of counts) expect(Math.abs(count - 900)).toBeLessThan(5 * Math.sqrt(900 * 0.7));
  });
});
