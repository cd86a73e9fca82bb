import type { Pool } from '../pool.js';
import type { Rows } from '../rows.js';
import { type Scaler, unscale } from '../scaler.js';
import { sharedInts } from '../shared.js';
import { type Comparison, matchSegments, type SegmentMatch } from './match.js';

/** The part of a model that says to which of its segments a track belongs. */
export interface ScaledCentroids {
  readonly scaler: Scaler;
  /** k × d, in that model's standardised units. */
  readonly centroids: readonly (readonly number[])[];
}

/**
 * Says of every segment of labelled rows which one of an earlier model it continues; without an earlier model all are new.
 *
 * @param now the model that the rows are labelled by
 */
export async function matchEarlier(
  rows: Rows,
  now: ScaledCentroids,
  earlier: ScaledCentroids | undefined,
  pool: Pool,
): Promise<SegmentMatch[]> {
  const comparison =
    earlier === undefined ? { shared: [], moves: [] } : await compareSegments(rows, now, earlier, pool);
  return matchSegments(comparison, now.centroids.length);
}

/**
 * Compares the segments of labelled rows with those of an earlier model: both label the same rows, in one more pass over them. Centroids are
 * compared in the earlier model's scale.
 *
 * @param now the model that the rows are labelled by
 */
export async function compareSegments(
  { blocks }: Rows,
  { scaler, centroids }: ScaledCentroids,
  earlier: ScaledCentroids,
  pool: Pool,
): Promise<Comparison> {
  const k = centroids.length;
  const counts = sharedInts(earlier.centroids.length * k);
  const job = { blocks, scale: earlier.scaler, centroids: earlier.centroids, counts };
  await pool.run('crossTabulate', job, blocks.rows);
  const moved = unscale(centroids, scaler).map((point) => rescale(point, earlier.scaler));
  return {
    shared: earlier.centroids.map((_, p) => Array.from(counts.subarray(p * k, (p + 1) * k))),
    moves: earlier.centroids.map((before) =>
      moved.map((after) => Math.hypot(...after.map((z, j) => z - before[j]!))),
    ),
  };
}

function rescale(point: readonly number[], { mean, sd }: Scaler): number[] {
  return point.map((x, j) => (x - mean[j]!) / sd[j]!);
}
