import { NEAREST, z } from '../../engine/nearest-centroid.js';
import { sum } from '../sum.js';
import { bySegment, labelled, type RowsAtScale, SEGMENT } from './rows.js';

/** What one pass over the rows tells of the segments of given centroids. */
export interface Pass {
  readonly sizes: readonly number[];
  /** Sum of the squared distances of a segment's rows to its centroid. */
  readonly within: readonly number[];
  /** Means of the segments' rows, in standardised units; an empty segment stays where it is. */
  readonly means: readonly (readonly number[])[];
}

export interface FitAtScale {
  readonly centroids: readonly (readonly number[])[];
  readonly sizes: readonly number[];
  readonly within: readonly number[];
  readonly inertia: number;
  readonly iterations: number;
  /** Whether the centroids came to rest within the iterations that were allowed. */
  readonly converged: boolean;
}

/** One aggregation: a cluster sends k × (d + 2) numbers, however many rows it holds. */
export async function passOver(rows: RowsAtScale, centroids: readonly (readonly number[])[]): Promise<Pass> {
  const sums = rows.names.map((_, j) => `sum(${z(j)}) AS s${j}`);
  const of = bySegment(
    await rows.engine.rows(`
      SELECT ${SEGMENT} AS id, count(*) AS n, sum(${NEAREST}) AS within, ${sums.join(', ')}
      FROM ${labelled(rows, centroids)} GROUP BY ${SEGMENT}`),
  );
  return {
    sizes: centroids.map((_, id) => of(id, 'n')),
    within: centroids.map((_, id) => of(id, 'within')),
    means: centroids.map((centroid, id) =>
      of(id, 'n') > 0 ? centroid.map((_, j) => of(id, `s${j}`) / of(id, 'n')) : centroid,
    ),
  };
}

/**
 * Lloyd's algorithm from given centroids, one aggregation an iteration, until the squared shift of all centroids is at most the
 * tolerance, as scikit-learn's `KMeans(tol)` on standardised columns.
 */
export async function fitAtScale(
  rows: RowsAtScale,
  initial: readonly (readonly number[])[],
  { maxIterations, tolerance }: { readonly maxIterations: number; readonly tolerance: number },
): Promise<FitAtScale> {
  let centroids = initial;
  let iterations = 0;
  let converged = false;
  while (iterations < maxIterations && !converged) {
    const { means } = await passOver(rows, centroids);
    converged = squaredShift(centroids, means) <= tolerance;
    centroids = means;
    iterations += 1;
  }
  const { sizes, within } = await passOver(rows, centroids);
  return { centroids, sizes, within, inertia: sum(within), iterations, converged };
}

function squaredShift(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number {
  return sum(before.flatMap((centroid, id) => centroid.map((c, j) => (after[id]![j]! - c) ** 2)));
}
