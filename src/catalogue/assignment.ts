import { literals, NEAREST, nearestId, withDistances } from '../engine/nearest-centroid.js';
import type { Dialect } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';

/** The part of a model that says to which segment a track belongs. */
export interface SegmentModel {
  readonly version: string;
  readonly contract: FeatureContract;
  readonly scaler: { readonly mean: readonly number[]; readonly sd: readonly number[] };
  /** k × d, in standardised units. */
  readonly centroids: readonly (readonly number[])[];
}

/**
 * The segment of every row of cleaned tracks, in any engine: track_id, artist_name, track_name, genre, the features, cluster_id, distance
 * (Euclidean, in standardised units, to the centroid), model_version.
 *
 * @param from a relation with these columns
 */
export function assignmentSql(
  { version, contract, scaler, centroids }: SegmentModel,
  from: string,
  dialect: Dialect,
): string {
  const columns = contract.features.map(({ name }) => value(name));
  const kept = [...['track_id', 'artist_name', 'track_name', 'genre'].map(value), ...columns];
  return `
    SELECT ${kept.join(', ')}, ${nearestId(centroids.length)} AS cluster_id, sqrt(${NEAREST}) AS distance,
      ${dialect.textLiteral(version)} AS model_version
    FROM ${withDistances({ columns, ...scaler, centroids: literals(centroids) }, from)}`;
}
