import type { Model } from '../models/format.js';
import { BINS, FEATURE, FEATURE_PLACES, lengthOf, originOf, TRACK_PLACES, TRACKS } from './counts.js';

/** What is known of the tracks of a window, named. */
export interface Tally {
  /** Tracks that were put into a segment. */
  readonly tracks: number;
  /** Tracks that broke a rule of the request. */
  readonly refused: number;
  /** In the contract's order. */
  readonly features: readonly FeatureTally[];
  /** Tracks of each segment, by `cluster_id`. */
  readonly segments: readonly number[];
  /** To the own centroid, in standardised units; tracks beyond FARTHEST_SUMMED_Z aren't among them. */
  readonly distance: { readonly count: number; readonly mean: number; readonly sd: number };
  /** Tracks whose margin is under BOUNDARY_MARGIN. */
  readonly boundary: number;
  /** Tracks farther from their segment than 99.9 % of its training tracks. */
  readonly unassigned: number;
}

export interface FeatureTally {
  /** Values in the sums. */
  readonly count: number;
  /** NaN of none. */
  readonly mean: number;
  /** Population standard deviation; NaN of none. */
  readonly sd: number;
  /** Values below the least and above the largest of the training rows. */
  readonly below: number;
  readonly above: number;
  /** Values that the sums leave out, being farther than FARTHEST_SUMMED_Z. */
  readonly left_out: number;
  /** Values between the frozen decile edges; bin b holds edge[b-1] < x <= edge[b]. */
  readonly bins: readonly number[];
}

/**
 * Names the figures of `Counts.sums`.
 *
 * @throws RangeError where they are of another model
 */
export function tallyOf(model: Model, sums: ArrayLike<number>): Tally {
  if (sums.length !== lengthOf(model))
    throw new RangeError(`${sums.length} sums for ${model.version}, which has ${lengthOf(model)}`);
  const d = model.reference.length;
  const own = (place: number): number => sums[d * FEATURE_PLACES + place]!;
  const segments = model.segments.map((_, c) => own(TRACK_PLACES + c));
  return {
    tracks: segments.reduce((sum, tracks) => sum + tracks, 0),
    refused: own(TRACKS.refused),
    features: model.contract.features.map((feature, j) => featureTally(sums, j, originOf(feature))),
    segments,
    distance: {
      count: own(TRACKS.distances),
      ...moments(own(TRACKS.distances), own(TRACKS.sum), own(TRACKS.squares)),
    },
    boundary: own(TRACKS.boundary),
    unassigned: own(TRACKS.unassigned),
  };
}

function featureTally(sums: ArrayLike<number>, j: number, origin: number): FeatureTally {
  const own = (place: number): number => sums[j * FEATURE_PLACES + place]!;
  const { mean, sd } = moments(own(FEATURE.count), own(FEATURE.sum), own(FEATURE.squares));
  return {
    count: own(FEATURE.count),
    mean: mean + origin,
    sd,
    below: own(FEATURE.below),
    above: own(FEATURE.above),
    left_out: own(FEATURE.left),
    bins: Array.from({ length: BINS }, (_, bin) => own(FEATURE.bins + bin)),
  };
}

function moments(
  count: number,
  sum: number,
  squares: number,
): { readonly mean: number; readonly sd: number } {
  const mean = sum / count;
  return { mean, sd: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
