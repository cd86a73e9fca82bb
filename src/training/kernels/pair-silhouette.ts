import { silhouette } from './centre-silhouette.js';
import { sumOfDistances } from './distances.js';
import { squaredDistance } from './packed.js';

/** Share of a distance by which rounding could make a segment look farther than it is. */
const ROUNDING = 1e-9;

/** Silhouettes from the Euclidean distances to every row. */
export interface PairSilhouetteArgs {
  /** All rows, packed (packed.ts) and grouped by segment. */
  readonly packed: Float64Array;
  readonly width: number;
  readonly k: number;
  /** k + 1 positions: segment c holds packed rows [starts[c], starts[c + 1]). */
  readonly starts: Int32Array;
  /** k packed rows: the mean of each segment. */
  readonly means: Float64Array;
  /** Positions of the rows to score. */
  readonly points: Int32Array;
  /** Out, per point. */
  readonly scores: Float64Array;
}

/**
 * Scores points [from, to). A segment is passed over where the distance to its mean is not below the least mean distance found: the
 * mean of the distances is never less than the distance to the mean, so it can't be the nearest other one. Scores are the same
 * as without that.
 */
export function pairSilhouetteBlock(args: PairSilhouetteArgs, from: number, to: number): void {
  const { packed, width, k, starts, points, scores } = args;
  const bounds = new Float64Array(k);
  for (let i = from; i < to; i++) {
    const point = points[i]!;
    const label = segmentAt(starts, point);
    const first = starts[label]!;
    const end = starts[label + 1]!;
    if (end - first < 2) {
      scores[i] = 0;
      continue;
    }
    const at = point * width;
    const within = sumOfDistances(packed, first, end, width, packed, at) / (end - first - 1);
    scores[i] = silhouette(within, nearestOther(args, at, label, bounds));
  }
}

function nearestOther(args: PairSilhouetteArgs, at: number, label: number, bounds: Float64Array): number {
  const { packed, width, k, starts, means } = args;
  for (let c = 0; c < k; c++) {
    const leftOut = c === label || starts[c] === starts[c + 1];
    bounds[c] = leftOut
      ? Infinity
      : Math.sqrt(squaredDistance(packed, at, means, c * width, width)) * (1 - ROUNDING);
  }
  let least = Infinity;
  for (;;) {
    const c = indexOfLeast(bounds);
    if (!(bounds[c]! < least)) return least;
    bounds[c] = Infinity;
    const first = starts[c]!;
    const end = starts[c + 1]!;
    least = Math.min(least, sumOfDistances(packed, first, end, width, packed, at) / (end - first));
  }
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[least]!) least = i;
  return least;
}

function segmentAt(starts: Int32Array, point: number): number {
  let label = 0;
  while (starts[label + 1]! <= point) label++;
  return label;
}
