import { mean, nearest, type Points, squared, sumOf } from './points.js';

export interface LloydRun {
  readonly centroids: number[][];
  readonly labels: number[];
  readonly iterations: number;
  readonly stop: string;
}

interface Settings {
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** scikit-learn's `_kmeans_single_lloyd`; empty segments take the farthest rows, ties to the earlier row. */
export function exactLloyd(rows: Points, initial: Points, settings: Settings): LloydRun {
  return lloydRuns(rows, initial, settings).at(-1)!;
}

/** The result for every `maxIterations` from 1 to the one given, or to where it stops by itself. */
export function lloydRuns(rows: Points, initial: Points, { maxIterations, tolerance }: Settings): LloydRun[] {
  const runs: LloydRun[] = [];
  let centroids = initial.map((point) => [...point]);
  let before = rows.map(() => -1);
  let labels = rows.map((row) => nearest(row, centroids));
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const next = averages(rows, labels, centroids);
    const moved = sumOf(next.map((point, c) => squared(point, centroids[c]!)));
    centroids = next;
    if (labels.every((label, i) => label === before[i])) {
      return [...runs, { centroids, labels, iterations, stop: 'labels' }];
    }
    before = labels;
    labels = rows.map((row) => nearest(row, next));
    const stop = moved <= tolerance ? 'tolerance' : 'iterations';
    runs.push({ centroids, labels, iterations, stop });
    if (stop === 'tolerance') return runs;
  }
  return runs;
}

/** Means of the segments, each empty one with a far row of its own; where there is none, it lies where the largest is. */
function averages(rows: Points, labels: readonly number[], centroids: Points): number[][] {
  const members = centroids.map((): number[] => []);
  const segments = relocated(rows, labels, centroids);
  segments.forEach((segment, i) => members[segment]!.push(i));
  const largest = members.reduce((most, own) => (own.length > most.length ? own : most));
  return members.map((own) => {
    const from = own.length > 0 ? own : largest;
    return centroids[0]!.map((_, j) => mean(from.map((i) => rows[i]![j]!)));
  });
}

function relocated(rows: Points, labels: readonly number[], centroids: Points): readonly number[] {
  const filled = new Set(labels);
  const empty = [...centroids.keys()].filter((c) => !filled.has(c));
  if (empty.length === 0) return labels;
  const distances = rows.map((row, i) => squared(row, centroids[labels[i]!]!));
  const farthest = [...rows.keys()].toSorted((a, b) => distances[b]! - distances[a]! || a - b);
  if (distances[farthest[0]!] === 0) return labels;
  const segments = [...labels];
  empty.forEach((segment, i) => {
    segments[farthest[i]!] = segment;
  });
  return segments;
}
