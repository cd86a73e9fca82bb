/** Definitions, written down as plainly as they can be: what the trainer's fast code is held against. */

export type Points = readonly (readonly number[])[];

export function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

export function nearest(point: readonly number[], centroids: Points): number {
  const distances = centroids.map((centroid) => squared(point, centroid));
  return distances.indexOf(Math.min(...distances));
}

export function inertiaOf(rows: Points, centroids: Points, labels: readonly number[]): number {
  return rows.reduce((sum, row, i) => sum + squared(row, centroids[labels[i]!]!), 0);
}

/** scikit-learn's `_kmeans_single_lloyd`; empty clusters take the farthest rows, ties to the lower row. */
export function naiveLloyd(
  rows: Points,
  initial: Points,
  { maxIterations, tolerance }: { maxIterations: number; tolerance: number },
): { centroids: number[][]; labels: number[]; iterations: number; stop: string } {
  let centroids = initial.map((point) => [...point]);
  let labels: number[] = rows.map(() => -1);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const before = labels;
    labels = rows.map((row) => nearest(row, centroids));
    const next = means(rows, labels, centroids);
    const moved = next.reduce((sum, point, c) => sum + squared(point, centroids[c]!), 0);
    centroids = next;
    if (labels.every((label, i) => label === before[i])) {
      return { centroids, labels, iterations: iteration, stop: 'labels' };
    }
    if (moved <= tolerance || iteration === maxIterations) {
      const stop = moved <= tolerance ? 'tolerance' : 'iterations';
      return { centroids, labels: rows.map((row) => nearest(row, next)), iterations: iteration, stop };
    }
  }
  throw new RangeError('no iteration was allowed');
}

function means(rows: Points, labels: readonly number[], centroids: Points): number[][] {
  const counts = centroids.map(() => 0);
  const sums = centroids.map(() => centroids[0]!.map(() => 0));
  rows.forEach((row, i) => {
    counts[labels[i]!]!++;
    row.forEach((value, j) => {
      sums[labels[i]!]![j]! += value;
    });
  });
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  const distances = rows.map((row, i) => squared(row, centroids[labels[i]!]!));
  const farthest = [...rows.keys()].toSorted((a, b) => distances[b]! - distances[a]! || a - b);
  if (empty.length > 0 && distances[farthest[0]!]! > 0) {
    empty.forEach((segment, i) => {
      const row = farthest[i]!;
      const from = labels[row]!;
      rows[row]!.forEach((value, j) => {
        sums[from]![j]! -= value;
        sums[segment]![j] = value;
      });
      counts[from]!--;
      counts[segment] = 1;
    });
  }
  const largest = counts.indexOf(Math.max(...counts));
  return sums.map((_, c) => {
    const from = counts[c]! > 0 ? c : largest;
    return sums[from]!.map((value) => value / counts[from]!);
  });
}

/** Silhouette of every row by Rousseeuw's definition, from any distance between rows. */
export function naiveSilhouettes(
  rows: Points,
  labels: readonly number[],
  distance: (a: readonly number[], b: readonly number[]) => number,
): number[] {
  return rows.map((row, i) => {
    const meanTo = (segment: number): number => {
      const others = [...rows.keys()].filter((other) => other !== i && labels[other] === segment);
      return others.reduce((sum, other) => sum + distance(row, rows[other]!), 0) / others.length;
    };
    const within = meanTo(labels[i]!);
    if (Number.isNaN(within)) return 0; // alone in its segment
    const others = [...new Set(labels)].filter((label) => label !== labels[i]);
    return score(within, Math.min(...others.map(meanTo)));
  });
}

/** The simplified form: distances to centroids. */
export function naiveSimplified(rows: Points, labels: readonly number[], centroids: Points): number[] {
  return rows.map((row, i) => {
    if (labels.filter((label) => label === labels[i]).length === 1) return 0;
    const others = [...new Set(labels)].filter((label) => label !== labels[i]);
    const distanceTo = (segment: number): number => Math.sqrt(squared(row, centroids[segment]!));
    return score(distanceTo(labels[i]!), Math.min(...others.map(distanceTo)));
  });
}

function score(within: number, between: number): number {
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
