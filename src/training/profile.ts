import type { Columns } from '../core/columns.js';
import type { FeatureContract } from '../features/contract.js';
import { type Clustering, groupRows, rowsOf } from './clustering.js';
import type { Moments } from './moments.js';
import { proposeNames, type SegmentName } from './names.js';
import { deciles } from './quantiles.js';

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
  /** In the contract's order; empty for a segment without training rows. */
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
  /** Training rows in their own units, with their labels. */
  readonly train: Clustering;
  /** Of the training columns, over all rows. */
  readonly moments: readonly Moments[];
  /** Distance of each training row to its centroid. */
  readonly distances: Float64Array;
  /** Test rows per segment. */
  readonly testSizes: readonly number[];
}

const EXEMPLARS = 5;

/** Describes every segment: size, features against the catalogue, a proposed name, exemplars without their tracks. */
export function profileSegments({ contract, train, moments, distances, testSizes }: ProfileInput): Profile {
  const { columns, labels, k } = train;
  const groups = groupRows(labels, k);
  const described = Array.from({ length: k }, (_, c) => {
    const rows = rowsOf(groups, c);
    return { rows, features: rows.length === 0 ? [] : describeFeatures(columns, rows, moments) };
  });
  const names = proposeNames(
    contract,
    described.map(({ features }) => contract.features.map((_, j) => features[j]?.contrast ?? 0)),
  );
  const testRows = testSizes.reduce((sum, size) => sum + size, 0);
  return {
    catalogue: {
      rows: columns.rows,
      features: moments.map(({ mean, sd }, j) => ({ feature: columns.names[j]!, mean, sd })),
    },
    segments: described.map(({ rows, features }, c) => ({
      cluster_id: c,
      name: names[c]!,
      rows: { train: rows.length, test: testSizes[c]! },
      share: { train: rows.length / columns.rows, test: testRows === 0 ? 0 : testSizes[c]! / testRows },
      features,
      exemplars: nearestRows(rows, distances).map((row) => ({ row, distance: distances[row]!, track: null })),
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

function describeFeatures(
  columns: Columns,
  rows: Int32Array,
  catalogue: readonly Moments[],
): FeatureProfile[] {
  return columns.data.map((column, j) => {
    const values = Float64Array.from(rows, (row) => column[row]!).toSorted();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const whole = catalogue[j]!;
    return {
      feature: columns.names[j]!,
      mean,
      sd: Math.sqrt(squares / values.length),
      contrast: whole.sd === 0 ? 0 : (mean - whole.mean) / whole.sd,
      deciles: deciles(values),
    };
  });
}

/** The rows of least distance, nearest first, ties to the lower row. */
function nearestRows(rows: Int32Array, distances: Float64Array): number[] {
  const nearest: number[] = [];
  for (const row of rows) {
    if (nearest.length === EXEMPLARS && distances[row]! >= distances[nearest.at(-1)!]!) continue;
    const place = nearest.findIndex((other) => distances[row]! < distances[other]!);
    nearest.splice(place === -1 ? nearest.length : place, 0, row);
    if (nearest.length > EXEMPLARS) nearest.pop();
  }
  return nearest;
}
