import type { Feature } from '../features/contract.js';
import { BOUNDARY_MARGIN } from '../models/fit-reference.js';
import type { Model } from '../models/format.js';
import type { CompiledModel, Prediction } from '../models/predict.js';

/**
 * Standard deviations of the training rows beyond which a value is left out of sums: one value of 1e300 would drown every other for as
 * long as the process lives. The same holds for distances.
 */
export const FARTHEST_SUMMED_Z = 1000;

/** Bins of a feature; their edges are frozen with the model. */
export const BINS = 10;

/** Places of a feature's figures among its own. */
export const FEATURE = { count: 0, sum: 1, squares: 2, below: 3, above: 4, left: 5, bins: 6 } as const;

export const FEATURE_PLACES = FEATURE.bins + BINS;

/** Places of the figures that belong to no feature and no segment, after all features'. */
export const TRACKS = { distances: 0, sum: 1, squares: 2, boundary: 3, unassigned: 4, refused: 5 } as const;

export const TRACK_PLACES = 6;

/**
 * Sums over tracks that one model has put into segments, in one array: for each feature FEATURE_PLACES, then TRACK_PLACES, then the tracks
 * of each segment. They only grow; those of several processes or days are added, and one state less an earlier one is what came between.
 */
export interface Counts {
  readonly model: Model;
  readonly sums: Float64Array;
  /** What the sums of each feature are counted from, so that they never fall: the request's lower bound where negative, else 0. */
  readonly origins: Float64Array;
  /** d × 9 inner decile edges of the training rows. */
  readonly edges: Float64Array;
}

export function lengthOf({ reference, segments }: Pick<Model, 'reference' | 'segments'>): number {
  return reference.length * FEATURE_PLACES + TRACK_PLACES + segments.length;
}

export function emptyCounts(model: Model): Counts {
  return {
    model,
    sums: new Float64Array(lengthOf(model)),
    origins: Float64Array.from(model.contract.features, originOf),
    edges: Float64Array.from(model.reference.flatMap(({ decile_edges }) => decile_edges)),
  };
}

export function originOf({ request }: Feature): number {
  return Math.min(0, request.minimum ?? request.exclusiveMinimum ?? 0);
}

/**
 * Counts one track. Every prediction passes here, so it makes nothing.
 *
 * @param values in the contract's order and units, finite
 */
export function countTrack(
  { sums, origins, edges }: Counts,
  compiled: CompiledModel,
  { cluster_id, distance, margin }: Prediction,
  values: ArrayLike<number>,
): void {
  const { mean, sd, least, most, farthest } = compiled;
  let at = 0;
  for (let j = 0; j < origins.length; j += 1, at += FEATURE_PLACES) {
    const value = values[j]!;
    if (value < least[j]!) sums[at + FEATURE.below]! += 1;
    else if (value > most[j]!) sums[at + FEATURE.above]! += 1;
    let bin = 0;
    const first = j * (BINS - 1);
    while (bin < BINS - 1 && value > edges[first + bin]!) bin += 1;
    sums[at + FEATURE.bins + bin]! += 1;
    const risen = value - origins[j]!;
    if (risen < 0 || Math.abs(value - mean[j]!) > FARTHEST_SUMMED_Z * sd[j]!) {
      sums[at + FEATURE.left]! += 1;
      continue;
    }
    sums[at + FEATURE.count]! += 1;
    sums[at + FEATURE.sum]! += risen;
    sums[at + FEATURE.squares]! += risen * risen;
  }
  if (distance <= FARTHEST_SUMMED_Z) {
    sums[at + TRACKS.distances]! += 1;
    sums[at + TRACKS.sum]! += distance;
    sums[at + TRACKS.squares]! += distance * distance;
  }
  if (margin < BOUNDARY_MARGIN) sums[at + TRACKS.boundary]! += 1;
  if (distance > farthest[cluster_id]!) sums[at + TRACKS.unassigned]! += 1;
  sums[at + TRACK_PLACES + cluster_id]! += 1;
}

/** Counts a track that broke a rule of the request, so that it was never put into a segment. */
export function countRefused({ sums, origins }: Pick<Counts, 'sums' | 'origins'>): void {
  sums[origins.length * FEATURE_PLACES + TRACKS.refused]! += 1;
}
