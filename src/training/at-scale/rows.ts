import { nearestId, withDistances } from '../../engine/nearest-centroid.js';
import { identifier } from '../../engine/sql.js';
import type { SqlEngine } from '../../engine/sql-engine.js';
import type { Scaler } from '../scaler.js';

/** Rows that an engine holds, and the scale that they are clustered in. */
export interface RowsAtScale {
  readonly engine: SqlEngine;
  /** A relation with a DOUBLE column for each name, all finite. */
  readonly from: string;
  readonly names: readonly string[];
  /** Name of its column of texts that tells rows apart. */
  readonly id: string;
  readonly scaler: Scaler;
}

/** Column of the segment that `labelled` gives a row. */
export const SEGMENT = '"#segment"';

/** The rows with their standardised values, the squared distance to their centroid, and its id. */
export function labelled(
  { engine, from, names, scaler }: RowsAtScale,
  centroids: readonly (readonly number[])[],
): string {
  const columns = names.map(identifier);
  const given = engine.dialect.withNumbers(centroids.flat(), from);
  const points = centroids.map((_, id) =>
    given.expressions.slice(id * names.length, (id + 1) * names.length),
  );
  const distances = withDistances({ columns, ...scaler, centroids: points }, given.from);
  return `(SELECT *, ${nearestId(centroids.length)} AS ${SEGMENT} FROM ${distances})`;
}

/** Figures of each segment by its id: rows of a result whose column `id` tells it; 0 for a segment without rows. */
export function bySegment(
  found: readonly Readonly<Record<string, unknown>>[],
): (id: number, name: string) => number {
  const byId = new Map(found.map((row) => [Number(row['id']), row]));
  return (id, name) => Number(byId.get(id)?.[name] ?? 0);
}
