import { nearestSegment } from './nearest-segment.js';
import { type ChosenFrom, chosenFrom } from './playlist.js';
import { standardScore } from './standard-score.js';
import { type Suggestion, suggestTracks } from './suggest.js';
import { rowsOf, segmentOfRow, type TrackIndex } from './track-index.js';

/** What a listener knows; a track that comes twice counts twice. */
export type Listened =
  | { readonly trackIds: readonly string[] }
  /** Row by row: `values[i * d + j]` is feature j of track i, in its unit. */
  | { readonly values: Float64Array };

export interface ProfileRequest {
  readonly listened: Listened;
  readonly suggestions: number;
}

export interface Profile {
  readonly tracks: { readonly given: number; readonly known: number; readonly unknown: number };
  /** The first of them, each once. */
  readonly unknown_track_ids: readonly string[];
  /** Every segment, by cluster_id. */
  readonly segments: readonly {
    readonly cluster_id: number;
    readonly tracks: number;
    readonly share: number;
  }[];
  /** Mean and population standard deviation of each feature, in its unit; null where no track is known. */
  readonly centre: readonly { readonly feature: string; readonly mean: number; readonly sd: number }[] | null;
  /** Every segment by its centre's distance from the listener's, the nearest first; none where no track is known. */
  readonly nearest_segments: readonly { readonly cluster_id: number; readonly distance: number }[];
  readonly suggestions: readonly Suggestion[];
  readonly catalogue: ChosenFrom;
}

/** Unknown ids that an answer names. */
const MOST_UNKNOWN = 100;

/** Describes a listener by the tracks that they know. The same request and index give the same profile. */
export function makeProfile(index: TrackIndex, { listened, suggestions }: ProfileRequest): Profile {
  const { features, mean, sd, centroids } = index.head;
  const taste =
    'trackIds' in listened ? tasteOfIds(index, listened.trackIds) : tasteOfValues(index, listened.values);
  const { all, bySegment, given, unknown, songs } = taste;
  const known = all.count();
  const distances = centroids.map((centroid, cluster_id) => ({
    cluster_id,
    distance: Math.hypot(...centroid.map((c, j) => all.mean[j]! - c)),
  }));
  return {
    tracks: { given, known, unknown: given - known },
    unknown_track_ids: [...unknown].slice(0, MOST_UNKNOWN),
    segments: bySegment.map(({ count }, cluster_id) => ({
      cluster_id,
      tracks: count(),
      share: known === 0 ? 0 : count() / known,
    })),
    centre:
      known === 0
        ? null
        : features.map((feature, j) => ({
            feature,
            mean: mean[j]! + all.mean[j]! * sd[j]!,
            sd: all.sd(j) * sd[j]!,
          })),
    nearest_segments:
      known === 0 ? [] : distances.toSorted((a, b) => a.distance - b.distance || a.cluster_id - b.cluster_id),
    suggestions: suggestTracks(
      index,
      bySegment.map((moments) => ({ tracks: moments.count(), z: moments.mean })),
      songs,
      suggestions,
    ),
    catalogue: chosenFrom(index),
  };
}

interface Taste {
  readonly all: Moments;
  readonly bySegment: readonly Moments[];
  readonly given: number;
  readonly unknown: ReadonlySet<string>;
  readonly songs: ReadonlySet<number>;
}

function tasteOfIds(index: TrackIndex, trackIds: readonly string[]): Taste {
  const { features, centroids } = index.head;
  const all = momentsOf(features.length);
  const bySegment = centroids.map(() => momentsOf(features.length));
  const unknown = new Set<string>();
  const songs = new Set<number>();
  const z = new Float64Array(features.length);
  for (const [i, row] of rowsOf(index, trackIds).entries()) {
    if (row < 0) {
      unknown.add(trackIds[i]!);
      continue;
    }
    songs.add(index.sections.songs[row]!);
    standardise(index, index.sections.features, row, z);
    all.add(z);
    bySegment[segmentOfRow(index, row)]!.add(z);
  }
  return { all, bySegment, given: trackIds.length, unknown, songs };
}

function tasteOfValues(index: TrackIndex, values: Float64Array): Taste {
  const { features, centroids } = index.head;
  const d = features.length;
  const all = momentsOf(d);
  const bySegment = centroids.map(() => momentsOf(d));
  const given = values.length / d;
  const z = new Float64Array(d);
  for (let i = 0; i < given; i += 1) {
    standardise(index, values, i, z);
    all.add(z);
    bySegment[nearestSegment(z, index.centroids)]!.add(z);
  }
  return { all, bySegment, given, unknown: new Set(), songs: new Set() };
}

function standardise({ mean, sd }: TrackIndex, values: Float64Array, row: number, z: Float64Array): void {
  for (let j = 0; j < z.length; j += 1) z[j] = standardScore(values[row * z.length + j]!, mean[j]!, sd[j]!);
}

type Moments = ReturnType<typeof momentsOf>;

/** Mean and spread of rows as they come (Welford, 1962), in standard deviations, where no square overflows. */
function momentsOf(d: number) {
  const mean = new Float64Array(d);
  const squares = new Float64Array(d);
  let count = 0;
  return {
    mean,
    count: () => count,
    sd: (j: number) => Math.sqrt(squares[j]! / count),
    add(z: Float64Array): void {
      count += 1;
      for (let j = 0; j < d; j += 1) {
        const from = z[j]! - mean[j]!;
        mean[j]! += from / count;
        squares[j]! += from * (z[j]! - mean[j]!);
      }
    },
  };
}
