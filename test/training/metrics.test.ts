import { describe, expect, it } from 'vitest';
import { euclideanSilhouette, segmentSplitMetrics, splitMetrics } from '#segue/training/metrics.js';

const form = (
  metric: string,
  mean: number,
): { metric: string; mean: number; macro: number; segments: (number | null)[] } => ({
  metric,
  mean,
  macro: mean / 2,
  segments: [mean, null],
});

const others = [form('silhouette_sqeuclidean', 0.4), form('silhouette_simplified', 0.3)];
const exact = { rows: [3, 0], wcss: [6, 0], silhouettes: [form('silhouette_euclidean', 0.25), ...others] };
const sampled = {
  ...exact,
  silhouettes: [
    { ...form('silhouette_euclidean_sampled_4000', 0.26), ci95: [0.25, 0.27] as const },
    ...others,
  ],
};

describe('metrics', () => {
  it('name every figure in full', () => {
    expect(splitMetrics(exact, ['a note'])).toEqual({
      rows: 3,
      wcss: 6,
      wcss_per_row: 2,
      silhouette_euclidean: 0.25,
      silhouette_euclidean_macro: 0.125,
      silhouette_sqeuclidean: 0.4,
      silhouette_sqeuclidean_macro: 0.2,
      silhouette_simplified: 0.3,
      silhouette_simplified_macro: 0.15,
      notes: ['a note'],
    });
    expect(segmentSplitMetrics(exact, 1)).toEqual({
      rows: 0,
      share: 0,
      wcss: 0,
      silhouette_euclidean: null,
      silhouette_sqeuclidean: null,
      silhouette_simplified: null,
    });
  });

  it('give an estimate its sample size and interval instead of the exact name', () => {
    const split = splitMetrics(sampled);
    expect(split).toMatchObject({
      silhouette_euclidean_sampled_4000: 0.26,
      silhouette_euclidean_sampled_4000_ci95: [0.25, 0.27],
    });
    expect(split).not.toHaveProperty('silhouette_euclidean');
  });

  it('say plainly what a side is too small for', () => {
    const split = splitMetrics({ rows: [2, 0], wcss: [1, 0], silhouettes: null });
    expect(split).toMatchObject({ silhouette_euclidean: null, silhouette_simplified: null });
    expect(split.notes).toEqual([expect.stringContaining('2 rows in 1 segments')]);
  });

  it('give the gate the Euclidean Silhouette that there is, NaN where there is none', () => {
    expect(euclideanSilhouette(splitMetrics(exact))).toEqual({ metric: 'silhouette_euclidean', value: 0.25 });
    expect(euclideanSilhouette(splitMetrics(sampled))).toEqual({
      metric: 'silhouette_euclidean_sampled_4000',
      value: 0.26,
      ci95: [0.25, 0.27],
    });
    expect(euclideanSilhouette(splitMetrics({ rows: [2], wcss: [1], silhouettes: null }))).toEqual({
      metric: 'silhouette_euclidean',
      value: Number.NaN,
    });
  });
});
