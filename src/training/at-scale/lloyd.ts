import { NEAREST, nearestId, withDistances, z } from '../../engine/nearest-centroid.js';
import { identifier } from '../../engine/sql.js';
import type { SqlEngine } from '../../engine/sql-engine.js';
import type { Scaler } from '../scaler.js';
import { sum } from '../sum.js';

/** Rows that an engine holds, and the scale that they are clustered in. */
export interface RowsAtScale {
  readonly engine: SqlEngine;
  /** A relation with a DOUBLE column for each name, all finite. */
  readonly from: string;
  readonly names: readonly string[];
  readonly scaler: Scaler;
}

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
export async function passOver(
  { engine, from, names, scaler }: RowsAtScale,
  centroids: readonly (readonly number[])[],
): Promise<Pass> {
  const columns = names.map(identifier);
  const sums = names.map((_, j) => `sum(${z(j)}) AS s${j}`);
  const found = await engine.rows(`
    SELECT cluster_id, count(*) AS n, sum(${NEAREST}) AS within, ${sums.join(', ')}
    FROM (SELECT *, ${nearestId(centroids.length)} AS cluster_id FROM ${withDistances({ columns, ...scaler, centroids }, from)})
    GROUP BY cluster_id`);
  const byId = new Map(found.map((row) => [Number(row['cluster_id']), row]));
  const of = (id: number, name: string): number => Number(byId.get(id)?.[name] ?? 0);
  return {
    sizes: centroids.map((_, id) => of(id, 'n')),
    within: centroids.map((_, id) => of(id, 'within')),
    means: centroids.map((centroid, id) =>
      byId.has(id) ? centroid.map((_, j) => of(id, `s${j}`) / of(id, 'n')) : centroid,
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
