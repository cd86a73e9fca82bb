import type { Random } from '#segue/core/random.js';
import { type Points, squared, sumOf } from './points.js';

/** Squared distance of every row to the nearest of some points. */
export function squaresToNearest(rows: Points, points: Points): number[] {
  return rows.map((row) => Math.min(...points.map((point) => squared(row, point))));
}

/** What k-means++ makes small: the sum of those distances. */
export function potentialOf(rows: Points, points: Points): number {
  return sumOf(squaresToNearest(rows, points));
}

/** scikit-learn's `_kmeans_plusplus`: of 2 + floor(ln k) rows drawn by squared distance, the one that leaves the least potential. */
export function greedySeeds(rows: Points, k: number, random: Random): Points {
  const seeds = [rows[random.below(rows.length)]!];
  const trials = 2 + Math.floor(Math.log(k));
  while (seeds.length < k) {
    const squares = squaresToNearest(rows, seeds);
    const drawn = Array.from({ length: trials }, () => rows[draw(squares, random)]!);
    const potentials = drawn.map((point) => potentialOf(rows, [...seeds, point]));
    seeds.push(drawn[potentials.indexOf(Math.min(...potentials))]!);
  }
  return seeds;
}

function draw(weights: readonly number[], random: Random): number {
  let left = random.next() * sumOf(weights);
  const found = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return found === -1 ? weights.length - 1 : found;
}
