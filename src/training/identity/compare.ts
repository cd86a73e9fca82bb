import type { Pool } from '../pool.js';
import type { Rows } from '../rows.js';
import { type Scaler, unscale } from '../scaler.js';
import { sharedInts } from '../shared.js';
import type { Comparison } from './match.js';

/** The part of an earlier model that says to which of its segments a track belongs. */
export interface EarlierSegments {
  readonly scaler: Scaler;
  /** k × d, in that model's standardised units. */
  readonly centroids: readonly (readonly number[])[];
}

/**
 * Compares the segments of labelled rows with those of an earlier model: both label the same rows, in one more pass over them. Centroids are
 * compared in the earlier model's scale.
 *
 * @param scaler of the new model
 * @param centroids of the new model
 */
export async function compareSegments(
  { blocks }: Rows,
  scaler: Scaler,
  centroids: readonly (readonly number[])[],
  earlier: EarlierSegments,
  pool: Pool,
): Promise<Comparison> {
  const k = centroids.length;
  const counts = sharedInts(earlier.centroids.length * k);
  const job = { blocks, scale: earlier.scaler, centroids: earlier.centroids, counts };
  await pool.run('crossTabulate', job, blocks.rows);
  const now = unscale(centroids, scaler).map((point) => rescale(point, earlier.scaler));
  return {
    shared: earlier.centroids.map((_, p) => Array.from(counts.subarray(p * k, (p + 1) * k))),
    moves: earlier.centroids.map((before) =>
      now.map((after) => Math.hypot(...after.map((z, j) => z - before[j]!))),
    ),
  };
}

function rescale(point: readonly number[], { mean, sd }: Scaler): number[] {
  return point.map((x, j) => (x - mean[j]!) / sd[j]!);
}
