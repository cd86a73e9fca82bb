import { describe, expect, it } from 'vitest';
import { failed } from '../../bench/check.js';
import { differentRows, farthest } from '../../bench/kernels/agree.js';
import { ratioOf } from '../../bench/kernels/figures.js';
import { median } from '../../bench/report.js';

describe('whether two sides of a bench agree', () => {
  const labels = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2);

  it('counts no row of the same partition, however its segments are numbered', () => {
    expect(differentRows(labels, Int32Array.of(2, 2, 2, 0, 0, 0, 1, 1, 1), 3)).toBe(0);
  });

  it('counts the rows that another partition holds elsewhere', () => {
    expect(differentRows(labels, Int32Array.of(2, 2, 2, 0, 0, 1, 1, 1, 1), 3)).toBe(1);
  });

  it.each([
    ['segments do not correspond one to one', Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 2)],
    ['there are other rows', Int32Array.of(0, 1, 2)],
  ])('fails where %s', (_, other) => {
    expect(failed({ what: 'rows', value: differentRows(labels, other, 3), limit: 0 })).toBe(true);
  });

  it('measures how far the farthest centroid is from any of the others', () => {
    const points = [
      [0, 0],
      [3, 4],
    ];
    expect(farthest(points, points.toReversed())).toBe(0);
    expect(farthest(points, [[0, 0]])).toBe(5);
  });
});

describe('the figures of a bench', () => {
  it('have the middle of the runs', () => {
    expect(median([3, 1, 10])).toBe(3);
    expect(median([4, 1, 2, 10])).toBe(3);
  });

  it('compare with the fastest variant of scikit-learn alone', () => {
    const ratio = ratioOf({
      kind: 'timed',
      name: 'fit_1m',
      description: '',
      timings: [
        { name: 'Segue', side: 'segue', seconds: [2, 2, 9] },
        { name: 'lloyd', side: 'scikit-learn', seconds: [8, 1, 8] },
        { name: 'elkan', side: 'scikit-learn', seconds: [6, 6, 7] },
        { name: 'faiss', side: 'other', seconds: [1, 1, 1] },
      ],
      checks: [],
      notes: [],
    });
    expect(ratio).toBe(3);
  });
});
