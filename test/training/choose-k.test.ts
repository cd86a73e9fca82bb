import { describe, expect, it } from 'vitest';
import { candidateKs, chooseK } from '#segue/training/choose-k.js';
import type { CurvePoint } from '#segue/training/metrics.js';

const point = (k: number, silhouette_simplified: number | null, smallest_share = 0.1): CurvePoint => ({
  k,
  silhouette_simplified,
  smallest_share,
  silhouette_sqeuclidean: 0.3,
  wcss: 100 / k,
  iterations: 10,
});

describe('chooseK', () => {
  it('takes the best simplified silhouette', () => {
    expect(chooseK([point(2, 0.3), point(3, 0.35), point(4, 0.31)], 0.02)).toBe(3);
  });

  it('passes over a k with a segment that is too small', () => {
    expect(chooseK([point(2, 0.3), point(3, 0.35, 0.019), point(4, 0.31, 0.02)], 0.02)).toBe(4);
  });

  it('takes the best of all where every k has such a segment', () => {
    expect(chooseK([point(2, 0.3, 0.01), point(3, 0.35, 0.01)], 0.02)).toBe(3);
  });

  it('gives ties to the smaller k, and ranks a k without a silhouette last', () => {
    expect(chooseK([point(4, 0.3), point(3, 0.3), point(2, null)], 0.02)).toBe(3);
    expect(chooseK([point(2, null), point(3, -0.9)], 0.02)).toBe(3);
    expect(chooseK([point(2, null)], 0.02)).toBe(2);
  });
});

describe('candidateKs', () => {
  it('goes from 2 to 12, as far as the rows allow', () => {
    expect(candidateKs(1000)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(candidateKs(4)).toEqual([2, 3, 4]);
    expect(candidateKs(1)).toEqual([2]);
  });
});
