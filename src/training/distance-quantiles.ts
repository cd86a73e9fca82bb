import { quantileRanks, quantilesFrom } from './quantiles.js';

/** How far the training rows of a segment lie from its centroid: exact quantiles of the Euclidean distances, in standardised units. */
export interface DistanceQuantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** Beyond it a track is called unassigned: one in a thousand training rows of the segment lies there. */
  readonly p99_9: number;
  readonly max: number;
}

const SHARES = [0.5, 0.9, 0.95, 0.99, 0.999, 1] as const;

/** Ranks that the quantiles of so many distances are made of. */
export function distanceRanks(size: number): number[] {
  return quantileRanks(SHARES, size);
}

/** The quantiles of so many distances from those at `distanceRanks`; null of none. */
export function distancesFrom(values: ArrayLike<number>, size: number): DistanceQuantiles | null {
  if (size === 0) return null;
  const [p50, p90, p95, p99, p99_9, max] = quantilesFrom(values, SHARES, size);
  return { p50: p50!, p90: p90!, p95: p95!, p99: p99!, p99_9: p99_9!, max: max! };
}
