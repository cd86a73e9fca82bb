import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { seededRandom } from '#segue/core/random.js';
import { adjustedRand, bestJaccards, crossTable } from '#segue/training/evidence/agreement.js';
import { permuted, pick, randomOrder, sampleRows } from '#segue/training/evidence/sample.js';
import { streamOf } from '#segue/training/rows.js';

const labels = fc.array(fc.nat(3), { minLength: 2, maxLength: 60 });

describe('the adjusted Rand index', () => {
  it('is scikit-learn’s on its documented examples', () => {
    const ari = (a: number[], b: number[]): number => adjustedRand(crossTable(a, b, 4, 4));
    expect(ari([0, 0, 1, 1], [1, 1, 0, 0])).toBe(1);
    expect(ari([0, 0, 1, 2], [0, 0, 1, 1])).toBeCloseTo(0.5714285714, 9);
    expect(ari([0, 0, 0, 0], [0, 1, 2, 3])).toBe(0);
  });

  it('is 1 for equal segmentations whatever their numbers, and symmetric', () => {
    fc.assert(
      fc.property(labels, labels, (a, others) => {
        const b = a.map((_, i) => others[i % others.length]!);
        const renamed = a.map((label) => 3 - label);
        expect(adjustedRand(crossTable(a, renamed, 4, 4))).toBe(1);
        const there = adjustedRand(crossTable(a, b, 4, 4));
        expect(adjustedRand(crossTable(b, a, 4, 4))).toBeCloseTo(there, 12);
        expect(there).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('the best Jaccard index of a segment is 1 where the other has the same one', () => {
  expect(bestJaccards(crossTable([0, 0, 1, 1, 1], [1, 1, 0, 0, 2], 2, 3))).toEqual([1, 2 / 3]);
  expect(bestJaccards([[0, 0]])).toEqual([0]);
});

describe('a sample', () => {
  const columns = columnsFromRows(
    ['a', 'b'],
    Array.from({ length: 500 }, (_, i) => [i, 1000 + i]),
  );

  it('has so many rows, in their order, whole, and the same for a seed', async () => {
    const sample = await sampleRows(streamOf(columns), 100, 5);
    expect(sample.rows).toBe(100);
    const rows = [...sample.data[0]!];
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(new Set(rows).size).toBe(100);
    expect([...sample.data[1]!]).toEqual(rows.map((row) => 1000 + row));
    expect((await sampleRows(streamOf(columns), 100, 5)).data).toEqual(sample.data);
    expect((await sampleRows(streamOf(columns), 100, 6)).data).not.toEqual(sample.data);
    expect((await sampleRows(streamOf(columns), 501, 5)).data[0]).toEqual(columns.data[0]);
  });

  it('takes each row as often as any other', async () => {
    const taken = new Int32Array(500);
    for (let seed = 0; seed < 400; seed++)
      for (const row of (await sampleRows(streamOf(columns), 50, seed)).data[0]!) taken[row]! += 1;
    const half = taken.subarray(0, 250).reduce((sum, times) => sum + times, 0);
    expect(half / 20_000).toBeCloseTo(0.5, 1);
    expect(Math.max(...taken)).toBeLessThan(75); // 40 expected, 6 standard deviations are 36
    expect(Math.min(...taken)).toBeGreaterThan(10);
  });

  it('shuffled keeps each column’s values and not its rows', () => {
    const shuffled = permuted(columns, seededRandom(3));
    for (const [j, column] of shuffled.data.entries())
      expect([...column].toSorted((a, b) => a - b)).toEqual([...columns.data[j]!]);
    const together = shuffled.data[0]!.filter((a, i) => shuffled.data[1]![i] === 1000 + a).length;
    expect(together).toBeLessThan(10);
  });

  it('picks rows by number, in a random order too', () => {
    const order = randomOrder(500, seededRandom(9));
    expect([...order].toSorted((a, b) => a - b)).toEqual([...columns.data[0]!]);
    expect(pick(columns, order).data[1]![7]).toBe(1000 + order[7]!);
  });
});
