import type { Normal } from '../kernels/normal.js';
import type { SegmentMoments } from '../kernels/programs/segment-moments.js';
import { sharedInts } from './shared.js';

/** Share and width by which rounding could move a bound; values are normalised to 1. */
const RELATIVE = 1e-9;
const ABSOLUTE = 1e-14;

/** Which points need the distances to which segments. */
export interface Needs {
  /** k + 1 places in `wanted`. */
  readonly starts: Int32Array;
  /** Numbers of points: those that need segment c are [starts[c], starts[c + 1]). */
  readonly wanted: Int32Array<SharedArrayBuffer>;
}

/**
 * A point needs its own segment and those that may have the least mean distance to it. The mean distance to rows with mean m and mean
 * squared distance v to m lies between |x - m| and √(|x - m|² + v) (Jensen's inequality, for the norm and for the square).
 *
 * @param points normalised, one after another
 */
export function findNeeds(
  points: Float64Array,
  labels: Int32Array,
  moments: SegmentMoments,
  normal: Normal,
): Needs {
  const { sizes, within, means } = moments;
  const { centre, factor } = normal;
  const d = centre.length;
  const k = sizes.length;
  const middles = means.map((value, i) => (value - centre[i % d]!) * factor);
  const spreads = sizes.map((size, c) => (within[c]! / size) * factor * factor);
  const squares = new Float64Array(k);
  const lists: number[][] = Array.from({ length: k }, () => []);
  labels.forEach((own, point) => {
    if (sizes[own]! < 2) return; // scores 0, whatever is near
    lists[own]!.push(point);
    let least = Infinity;
    let nearest = -1;
    for (let c = 0; c < k; c++) {
      squares[c] = Infinity;
      if (c === own || sizes[c] === 0) continue;
      squares[c] = squareBetween(points, point * d, middles, c * d, d);
      const high = Math.sqrt(squares[c]! + spreads[c]!) * (1 + RELATIVE) + ABSOLUTE;
      if (high < least) {
        least = high;
        nearest = c;
      }
    }
    for (let c = 0; c < k; c++) {
      const low = Math.sqrt(squares[c]!) * (1 - RELATIVE) - ABSOLUTE;
      if (c === nearest || low < least) lists[c]!.push(point);
    }
  });
  const starts = new Int32Array(k + 1);
  lists.forEach((list, c) => {
    starts[c + 1] = starts[c]! + list.length;
  });
  const wanted = sharedInts(starts[k]!);
  lists.forEach((list, c) => wanted.set(list, starts[c]));
  return { starts, wanted };
}

function squareBetween(a: Float64Array, at: number, b: Float64Array, to: number, d: number): number {
  let square = 0;
  for (let j = 0; j < d; j++) square += (a[at + j]! - b[to + j]!) ** 2;
  return square;
}
