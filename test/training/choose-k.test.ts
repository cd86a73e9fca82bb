import { describe, expect, it } from 'vitest';
import { candidateKs, chooseK } from '#segue/training/choose-k.js';
import type { CurvePoint } from '#segue/training/metrics.js';

const point = (k: number, lift: number | null, differently: Partial<CurvePoint> = {}): CurvePoint => ({
  k,
  lift,
  lift_se: lift === null ? null : 0.005,
  recovery: lift === null ? null : 0.9,
  silhouette_simplified: 0.3,
  smallest_share: 0.1,
  silhouette_sqeuclidean: 0.3,
  wcss: 100 / k,
  iterations: 10,
  ...differently,
});

const small = { smallest_share: 0.019 };

describe('chooseK', () => {
  it('takes the smallest k within one standard error of the best lift', () => {
    expect(chooseK([point(2, 0.04), point(3, 0.066), point(4, 0.07), point(5, 0.069)], 0.02)).toBe(3);
    expect(chooseK([point(2, 0.04), point(3, 0.0649), point(4, 0.07), point(5, 0.069)], 0.02)).toBe(4);
  });

  it('passes over a k with a segment that is too small', () => {
    expect(chooseK([point(2, 0.04), point(3, 0.07, small), point(4, 0.06)], 0.02)).toBe(4);
  });

  it('passes over a k with a segment that halves do not find again', () => {
    expect(chooseK([point(2, 0.04), point(3, 0.07, { recovery: 0.59 }), point(4, 0.06)], 0.02)).toBe(4);
  });

  it('wants large segments first where none are found again, and takes the best of all where none are large', () => {
    const lost = { recovery: 0.3 };
    expect(chooseK([point(2, 0.04, lost), point(3, 0.07, { ...lost, ...small })], 0.02)).toBe(2);
    expect(chooseK([point(2, 0.04, small), point(3, 0.07, small)], 0.02)).toBe(3);
  });

  it('goes by the simplified silhouette where there is no lift, and ranks a k without one last', () => {
    const score = (silhouette_simplified: number | null) => ({ silhouette_simplified });
    expect(chooseK([point(2, null), point(3, null, score(0.35)), point(4, null, score(0.31))], 0.02)).toBe(3);
    expect(chooseK([point(4, null), point(3, null), point(2, null, score(null))], 0.02)).toBe(3);
    expect(chooseK([point(2, null, score(null))], 0.02)).toBe(2);
  });
});

describe('candidateKs', () => {
  it('goes from 2 to 12, as far as the rows allow', () => {
    expect(candidateKs(1000)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(candidateKs(4)).toEqual([2, 3, 4]);
    expect(candidateKs(1)).toEqual([2]);
  });
});
