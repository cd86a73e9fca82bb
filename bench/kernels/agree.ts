import type { Points } from './ours.js';

/** Rows whose segment differs, where segments may be numbered otherwise; NaN if the segments don't correspond one to one. */
export function differentRows(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number {
  if (a.length !== b.length) return Number.NaN;
  const shared = new Float64Array(k * k);
  for (let i = 0; i < a.length; i += 1) shared[a[i]! * k + b[i]!]! += 1;
  const partner = Array.from({ length: k }, (_, c) => {
    const row = shared.subarray(c * k, (c + 1) * k);
    return row.indexOf(Math.max(...row));
  });
  if (new Set(partner).size !== k) return Number.NaN;
  return a.length - partner.reduce((sum, other, c) => sum + shared[c * k + other]!, 0);
}

/** Largest distance of a point to the nearest of the others. */
export function farthest(points: Points, others: Points): number {
  return Math.max(...points.map((point) => Math.min(...others.map((other) => distance(point, other)))));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((x, j) => x - b[j]!));
}
