import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { TrackIndex } from './track-index.js';

/** Every track as a point: the two directions in which the standardised features vary most (principal components). */
export interface TrackMap {
  /** x of every row, then y of every row, little-endian: 0 to 65535 stand for -REACH to REACH standard deviations of that direction. */
  readonly points: Uint16Array;
  /** First row of each segment, and the end: rows lie by segment. */
  readonly segment_rows: readonly number[];
  /** Share of the variance of all features along each direction. */
  readonly explained: readonly [number, number];
  /** How much of each feature is in each direction. */
  readonly loadings: readonly [readonly number[], readonly number[]];
}

/** Standard deviations that the map reaches; tracks beyond lie on its edge. */
export const REACH = 8;

const LARGEST = 65_535;

/**
 * Principal components of the standardised features over the tracks of an index, as scikit-learn's PCA of the scaled columns. The sign of a
 * component is that of its largest loading, so that the same tracks give the same map.
 */
export function mapTracks({ rows, sections, mean, sd, segmentRows }: TrackIndex): TrackMap {
  const d = mean.length;
  const scaled = (row: number, j: number): number => (sections.features[row * d + j]! - mean[j]!) / sd[j]!;
  const sums = new Float64Array(d);
  const products = new Float64Array(d * d);
  for (let row = 0; row < rows; row += 1) {
    for (let j = 0; j < d; j += 1) {
      const value = scaled(row, j);
      sums[j]! += value;
      for (let i = 0; i <= j; i += 1) products[j * d + i]! += value * scaled(row, i);
    }
  }
  const centre = sums.map((sum) => sum / rows);
  const covariance = new Matrix(d, d);
  for (let j = 0; j < d; j += 1) {
    for (let i = 0; i <= j; i += 1) {
      const value = products[j * d + i]! / rows - centre[j]! * centre[i]!;
      covariance.set(j, i, value).set(i, j, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].toSorted((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const [first, second] = [component(0), component(1)];
  const points = new Uint16Array(2 * rows);
  for (let row = 0; row < rows; row += 1) {
    points[row] = place(first, row);
    points[rows + row] = place(second, row);
  }
  return {
    points,
    segment_rows: Array.from(segmentRows),
    explained: [first.variance / total, second.variance / total],
    loadings: [first.loadings, second.loadings],
  };

  /** With one feature only, the second direction is nowhere. */
  function component(rank: number): { loadings: number[]; variance: number } {
    const at = order[rank];
    if (at === undefined) return { loadings: Array.from({ length: d }, () => 0), variance: 0 };
    const vector = eigenvectorMatrix.getColumn(at);
    const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    return {
      loadings: vector.map((value) => (largest < 0 ? -value : value)),
      variance: Math.max(0, realEigenvalues[at]!),
    };
  }

  function place(
    { loadings, variance }: { loadings: readonly number[]; variance: number },
    row: number,
  ): number {
    let along = 0;
    for (let j = 0; j < d; j += 1) along += (scaled(row, j) - centre[j]!) * loadings[j]!;
    const unit = variance === 0 ? 0 : along / Math.sqrt(variance) / REACH;
    return Math.round(((Math.min(1, Math.max(-1, unit)) + 1) / 2) * LARGEST);
  }
}
