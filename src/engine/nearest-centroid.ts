import { doubleLiteral } from './sql.js';

/** Centroids in standardised units, and how columns come to such units. */
export interface CentroidSql {
  /** Expressions of the columns, one for each feature. */
  readonly columns: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** k × d expressions: literals, or columns of the same in all rows. */
  readonly centroids: readonly (readonly string[])[];
}

/** Column of the standardised value of feature j. */
export const z = (j: number): string => `"#z${j}"`;
/** Column of the squared distance to the nearest centroid. */
export const NEAREST = '"#nearest"';

const distance = (id: number): string => `"#d${id}"`;

/** Points whose numbers stand in the SQL. */
export function literals(points: readonly (readonly number[])[]): string[][] {
  return points.map((point) => point.map(doubleLiteral));
}

/** Squared distance of the standardised values to a point of expressions: the sum, in the order of the features, of (z - c)^2. */
export function squaredDistance(point: readonly string[]): string {
  return point.map((c, j) => `(${z(j)} - ${c}) * (${z(j)} - ${c})`).join(' + ');
}

/**
 * The reference arithmetic in SQL, the same in every engine: z = (x - mean) / sd, and the squared distance to each centroid. Adds `z(j)` and
 * `NEAREST` to the columns of `from`.
 */
export function withDistances({ columns, mean, sd, centroids }: CentroidSql, from: string): string {
  const scaled = columns.map(
    (x, j) => `(${x} - ${doubleLiteral(mean[j]!)}) / ${doubleLiteral(sd[j]!)} AS ${z(j)}`,
  );
  const distances = centroids.map((centroid, id) => `${squaredDistance(centroid)} AS ${distance(id)}`);
  const all = centroids.map((_, id) => distance(id));
  // Spark's least wants two values or more
  const least = all.length === 1 ? all[0]! : `least(${all.join(', ')})`;
  return `(SELECT *, ${least} AS ${NEAREST} FROM (SELECT *, ${distances.join(', ')} FROM (SELECT *, ${scaled.join(', ')} FROM ${from})))`;
}

/** The id of the nearest centroid, the lower one on a tie: an expression over `withDistances`. */
export function nearestId(k: number): string {
  const cases = Array.from({ length: k }, (_, id) => `WHEN ${distance(id)} = ${NEAREST} THEN ${id}`);
  return `CAST(CASE ${cases.join(' ')} END AS INTEGER)`;
}
