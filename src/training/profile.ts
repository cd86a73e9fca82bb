import type { FeatureContract } from '../features/contract.js';
import type { Moments } from './moments.js';
import { proposeNames, type SegmentName } from './names.js';
import { sum } from './sum.js';
import type { SegmentSummary } from './summaries.js';

/** What people see of a catalogue track. Null where the catalogue doesn't say. */
export interface ExemplarTrack {
  readonly track_id: string;
  readonly artist_name: string | null;
  readonly track_name: string | null;
  readonly genre: string | null;
  readonly popularity: number | null;
}

/** `profile.json`: what the segments are like, in the units of the feature contract. */
export interface Profile {
  /** All training rows together. */
  readonly catalogue: {
    readonly rows: number;
    readonly features: readonly { readonly feature: string; readonly mean: number; readonly sd: number }[];
  };
  /** In the order of `cluster_id`. */
  readonly segments: readonly SegmentProfile[];
}

export interface SegmentProfile {
  readonly cluster_id: number;
  readonly name: SegmentName;
  readonly rows: { readonly train: number; readonly test: number };
  readonly share: { readonly train: number; readonly test: number };
  /** In the contract's order; empty for a segment without training rows, or none where quantiles are had of a sample. */
  readonly features: readonly FeatureProfile[];
  /** The tracks that are most like the segment: training rows nearest to its centroid, nearest first. */
  readonly exemplars: readonly Exemplar[];
}

/** One feature over the training rows of one segment. */
export interface FeatureProfile {
  readonly feature: string;
  readonly mean: number;
  readonly sd: number;
  /** (mean - catalogue mean) / catalogue sd: how the segment differs. */
  readonly contrast: number;
  /** Eleven values: least, the nine inner deciles, largest. */
  readonly deciles: readonly number[];
}

export interface Exemplar {
  /** Training row, from 0. */
  readonly row: number;
  /** Euclidean distance to the centroid, in standardised units. */
  readonly distance: number;
  /** Filled in by whoever knows names; they never reach the trainer. */
  readonly track: ExemplarTrack | null;
}

export interface ProfileInput {
  readonly contract: FeatureContract;
  /** Of the training columns, over all rows. */
  readonly moments: readonly Moments[];
  readonly summaries: readonly SegmentSummary[];
  /** Training rows per segment. */
  readonly sizes: readonly number[];
  /** Test rows per segment. */
  readonly testSizes: readonly number[];
}

/** Exemplars per segment. */
export const EXEMPLARS = 5;

/** Describes every segment: size, features against the catalogue, a proposed name, exemplars without their tracks. */
export function profileSegments({ contract, moments, summaries, sizes, testSizes }: ProfileInput): Profile {
  const contrasts = summaries.map(({ mean }, c) =>
    moments.map((whole, j) => (sizes[c] === 0 || whole.sd === 0 ? 0 : (mean[j]! - whole.mean) / whole.sd)),
  );
  const features = summaries.map((segment, c) =>
    segment.deciles.length === 0 ? [] : describe(contract, segment, contrasts[c]!),
  );
  const names = proposeNames(contract, contrasts);
  const rows = sum(sizes);
  const testRows = sum(testSizes);
  return {
    catalogue: {
      rows,
      features: moments.map(({ mean, sd }, j) => ({ feature: contract.features[j]!.name, mean, sd })),
    },
    segments: summaries.map(({ nearest }, c) => ({
      cluster_id: c,
      name: names[c]!,
      rows: { train: sizes[c]!, test: testSizes[c]! },
      share: { train: sizes[c]! / rows, test: testRows === 0 ? 0 : testSizes[c]! / testRows },
      features: features[c]!,
      exemplars: nearest.map(({ row, distance }) => ({ row, distance, track: null })),
    })),
  };
}

/**
 * Puts tracks into the exemplars' slots.
 *
 * @param read gives the tracks of training rows, in the order asked for
 */
export async function withExemplars(
  profile: Profile,
  read: (rows: readonly number[]) => Promise<readonly ExemplarTrack[]>,
): Promise<Profile> {
  const tracks = await read(profile.segments.flatMap(({ exemplars }) => exemplars.map(({ row }) => row)));
  let next = 0;
  return {
    ...profile,
    segments: profile.segments.map((segment) => ({
      ...segment,
      exemplars: segment.exemplars.map((exemplar) => ({ ...exemplar, track: tracks[next++] ?? null })),
    })),
  };
}

function describe(
  contract: FeatureContract,
  { mean, sd, deciles }: SegmentSummary,
  contrast: readonly number[],
): FeatureProfile[] {
  return contract.features.map(({ name }, j) => ({
    feature: name,
    mean: mean[j]!,
    sd: sd[j]!,
    contrast: contrast[j]!,
    deciles: deciles[j]!,
  }));
}
