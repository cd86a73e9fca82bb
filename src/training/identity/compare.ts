import type { Churn } from '../metrics.js';
import type { Pool } from '../pool.js';
import type { Rows } from '../rows.js';
import { type Scaler, unscale } from '../scaler.js';
import { sharedInts } from '../shared.js';
import { churnOf } from './churn.js';
import { type Kinship, kinshipOf } from './kinship.js';
import { type Comparison, matchSegments, type SegmentMatch } from './match.js';

/** The part of a model that says to which of its segments a track belongs. */
export interface ScaledCentroids {
  readonly scaler: Scaler;
  /** k × d, in that model's standardised units. */
  readonly centroids: readonly (readonly number[])[];
}

/** What a model has of the one in production. */
export interface Inheritance {
  readonly matches: readonly SegmentMatch[];
  /** Per segment: how far its centroid moved, in the earlier model's scale; null for a new one. */
  readonly moved: readonly (number | null)[];
  readonly churn: Churn | null;
  readonly kinship: Kinship | null;
}

/**
 * Says of every segment of labelled rows which one of an earlier model it continues, and how many rows change theirs; without an earlier
 * model all segments are new.
 *
 * @param now the model that the rows are labelled by
 */
export async function compareWithEarlier(
  rows: Rows,
  now: ScaledCentroids,
  earlier: ScaledCentroids | undefined,
  pool: Pool,
): Promise<Inheritance> {
  const k = now.centroids.length;
  if (earlier === undefined)
    return { matches: matchSegments({ shared: [], moves: [] }, k), moved: [], churn: null, kinship: null };
  const comparison = await compareSegments(rows, now, earlier, pool);
  const matches = matchSegments(comparison, k);
  const moved = matches.map((match, c) =>
    match.event === 'born' ? null : comparison.moves[match.from]![c]!,
  );
  return { matches, moved, churn: churnOf(comparison, matches), kinship: kinshipOf(comparison, matches) };
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
  const moved = inScaleOf(earlier.scaler, { scaler, centroids });
  return {
    shared: earlier.centroids.map((_, p) => Array.from(counts.subarray(p * k, (p + 1) * k))),
    moves: earlier.centroids.map((before) =>
      moved.map((after) => Math.hypot(...after.map((z, j) => z - before[j]!))),
    ),
  };
}

/** Centroids in the standardised units of another scaler: the same points of the catalogue. */
export function inScaleOf({ mean, sd }: Scaler, { scaler, centroids }: ScaledCentroids): number[][] {
  return unscale(centroids, scaler).map((point) => point.map((x, j) => (x - mean[j]!) / sd[j]!));
}
