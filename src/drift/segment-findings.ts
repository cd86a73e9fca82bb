import type { Model } from '../models/format.js';
import { chiSquareAt, normalOfChiSquare, pooled } from './chi-square.js';
import type { Compared } from './finding.js';
import { LIMITS } from './limits.js';
import { commonShare, rareShare } from './shares.js';
import type { Tally } from './tally.js';

/** Share of a segment's training rows beyond the distance from which on a track is called unassigned. */
const UNASSIGNED_SHARE = 0.001;

/** Compares how the tracks of a window lie among the segments with how the training rows do. None of it needs a label. */
export function segmentFindings(model: Model, tally: Tally): readonly Compared[] {
  return [
    segmentShares(model, tally),
    ...(model.fit === undefined ? [] : fitFindings(model.fit, tally)),
    unassigned(model, tally),
  ];
}

/** Chi-square over the segments, and Cohen's w, its size without the number of tracks. */
function segmentShares({ segments, lineage }: Model, { segments: counts, tracks }: Tally): Compared {
  const bySize = segments.toSorted((a, b) => a.share - b.share);
  const { current, reference } = pooled(
    {
      current: bySize.map(({ cluster_id }) => counts[cluster_id]!),
      reference: bySize.map(({ share }) => share),
    },
    tracks,
  );
  const scale = 1 / tracks + 1 / lineage.train_rows;
  const degrees = reference.length - 1;
  const measurable = degrees > 0 && tracks > 0;
  const w2 = reference.reduce((sum, share, i) => sum + (current[i]! / tracks - share) ** 2 / share, 0);
  return {
    subject: 'segments',
    measure: 'share',
    z: measurable ? normalOfChiSquare(w2 / scale, degrees) : null,
    effect: measurable ? Math.sqrt(w2) : null,
    smallest_visible: measurable
      ? Math.max(LIMITS.warn, Math.sqrt(scale * chiSquareAt(LIMITS.oneSidedZ, degrees)))
      : Infinity,
    critical: LIMITS.oneSidedZ,
  };
}

/** Distance to the own centroid, in standard deviations of that distance, and the share of tracks near a boundary. */
function fitFindings(
  fit: NonNullable<Model['fit']>,
  { distance, boundary, tracks }: Tally,
): readonly Compared[] {
  const error = Math.sqrt(1 / distance.count + 1 / fit.rows);
  const effect =
    distance.count > 0 && fit.sd_distance > 0 ? (distance.mean - fit.mean_distance) / fit.sd_distance : null;
  return [
    {
      subject: 'distance',
      measure: 'mean',
      z: effect === null ? null : effect / error,
      effect,
      smallest_visible: Math.max(LIMITS.warn, LIMITS.z * error),
      critical: LIMITS.z,
    },
    {
      subject: 'boundary',
      measure: 'share',
      ...commonShare(boundary, tracks, fit.boundary_share, fit.rows),
    },
  ];
}

/** A small segment has no 99.9th percentile: its farthest row stands for it, and one more track in `rows` + 1 lies beyond. */
function unassigned({ segments }: Model, { unassigned: count, tracks }: Tally): Compared {
  const expected = segments.reduce(
    (sum, { share, rows }) => sum + share * Math.max(UNASSIGNED_SHARE, 1 / (rows + 1)),
    0,
  );
  return { subject: 'unassigned', measure: 'share', ...rareShare(count, tracks, expected) };
}
