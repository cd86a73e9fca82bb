/** Distances between points, written down as plainly as they can be: what the trainer's fast code is held against. */

export type Points = readonly (readonly number[])[];

/** Squared Euclidean distance, the squares added in the order of the features: the arithmetic that decides labels. */
export function squared(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    const gap = a[j]! - b[j]!;
    sum += gap * gap;
  }
  return sum;
}

/** Ties go to the lowest centroid; so does a point that is too far from all of them to be measured. */
export function nearest(point: readonly number[], centroids: Points): number {
  let found = 0;
  let least = Infinity;
  for (let c = 0; c < centroids.length; c++) {
    const square = squared(point, centroids[c]!);
    if (square < least) {
      least = square;
      found = c;
    }
  }
  return found;
}

export function inertiaOf(rows: Points, centroids: Points, labels: ArrayLike<number>): number {
  return sumOf(rows.map((row, i) => squared(row, centroids[labels[i]!]!)));
}

/** A sum whose rounding doesn't grow with the number of values (Neumaier, 1974). */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

export function mean(values: readonly number[]): number {
  return sumOf(values) / values.length;
}
