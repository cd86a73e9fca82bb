import { chooseTracks, type Shortage } from './choose.js';
import type { Aim, Filter } from './nearest.js';
import { CatalogueRefusal } from './refusal.js';
import { standardScore } from './standard-score.js';
import { orderByTempo } from './tempo-path.js';
import { textAt } from './texts.js';
import { artistOfRow, featureOf, rowsOf, type Track, type TrackIndex, trackAt } from './track-index.js';

/** What a list starts from. */
export type PlaylistSource =
  | { readonly segment: number }
  | { readonly seedTrack: string }
  /** Wanted values by feature, in their units; features that are left out don't count. */
  | { readonly target: Readonly<Record<string, number | undefined>> };

export interface PlaylistRequest {
  readonly from: PlaylistSource;
  readonly length: number;
  readonly variety: number;
  readonly seed: number;
  readonly minPopularity?: number | undefined;
  readonly genres?: readonly string[] | undefined;
  /** Ids of tracks that must not come, nor the same song under another id. */
  readonly exclude: readonly string[];
}

export interface PlacedTrack extends Track {
  /** To what the list starts from, over the features that count, in standard deviations. */
  readonly distance: number;
}

/** How many tracks were chosen from. */
export interface ChosenFrom {
  readonly tracks: number;
  /** Tracks of the whole catalogue, where those are a sample of it; else null. */
  readonly sampled_from: number | null;
}

export interface Playlist {
  readonly tracks: readonly PlacedTrack[];
  /** Mean of the distances; null for an empty list. */
  readonly mean_distance: number | null;
  /** Largest and summed change of tempo from a track to the next, in BPM; null where the catalogue has no tempo. */
  readonly tempo_steps: { readonly largest: number; readonly total: number } | null;
  readonly shortfall: { readonly missing: number; readonly reason: Shortage } | null;
  readonly catalogue: ChosenFrom;
}

/** The feature that the order goes by. */
const TEMPO = 'tempo';

/**
 * Makes a list of tracks. The same request and index give the same list.
 *
 * @throws CatalogueRefusal track_not_found for a seed track that the index doesn't have
 */
export function makePlaylist(index: TrackIndex, request: PlaylistRequest): Playlist {
  const { from, length, exclude } = request;
  const filter: Filter = {
    segment: 'segment' in from ? from.segment : undefined,
    minPopularity: request.minPopularity,
    genres: request.genres && placesOf(index, request.genres),
    songs: songsOf(index, 'seedTrack' in from ? [...exclude, from.seedTrack] : exclude),
  };
  const { tracks, shortage } = chooseTracks(index, aimOf(index, from), filter, request);
  const tempo = index.head.features.indexOf(TEMPO);
  const tempos = tracks.map(({ row, distance }) => (tempo < 0 ? distance : featureOf(index, row, tempo)));
  const order = orderByTempo(
    tempos,
    tracks.map(({ row }) => artistOfRow(index, row)),
  );
  const steps = order.slice(1).map((place, i) => Math.abs(tempos[place]! - tempos[order[i]!]!));
  return {
    tracks: order.map((place) => {
      const { row, distance } = tracks[place]!;
      return { ...trackAt(index, row), distance };
    }),
    mean_distance: tracks.length === 0 ? null : sum(tracks.map(({ distance }) => distance / tracks.length)),
    tempo_steps: tempo < 0 ? null : { largest: Math.max(0, ...steps), total: sum(steps) },
    shortfall: shortage && { missing: length - tracks.length, reason: shortage },
    catalogue: chosenFrom(index),
  };
}

export function chosenFrom({
  head: { tracks, catalogue_tracks: all, left_out: left },
}: TrackIndex): ChosenFrom {
  return { tracks, sampled_from: tracks < all - left ? all : null };
}

/** Songs of the tracks that the index has. */
export function songsOf(index: TrackIndex, trackIds: readonly string[]): Set<number> {
  const rows = rowsOf(index, trackIds).filter((row) => row >= 0);
  return new Set(Array.from(rows, (row) => index.sections.songs[row]!));
}

/** A target beyond the catalogue counts as the catalogue's end: else all tracks would be as far from it. */
function aimOf(index: TrackIndex, from: PlaylistSource): Aim {
  const { features, mean, sd, centroids } = index.head;
  const { range } = index;
  const all = features.map((_, j) => j);
  if ('segment' in from) return { z: Float64Array.from(centroids[from.segment]!), counted: all };
  if ('seedTrack' in from) {
    const row = rowsOf(index, [from.seedTrack])[0]!;
    if (row < 0) throw new CatalogueRefusal('track_not_found');
    return {
      z: Float64Array.from(all, (j) => standardScore(featureOf(index, row, j), mean[j]!, sd[j]!)),
      counted: all,
    };
  }
  const counted = all.filter((j) => from.target[features[j]!] !== undefined);
  const z = new Float64Array(features.length);
  for (const j of counted) {
    const wanted = standardScore(from.target[features[j]!]!, mean[j]!, sd[j]!);
    z[j] = Math.max(range.low[j]!, Math.min(range.high[j]!, wanted));
  }
  return { z, counted };
}

/** Genres of the index by name, whatever their case. */
function placesOf({ genreNames }: TrackIndex, wanted: readonly string[]): Set<number> {
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  const places = Array.from({ length: genreNames.ends.length - 1 }, (_, place) => place);
  return new Set(places.filter((place) => names.has(textAt(genreNames, place)?.toLowerCase() ?? '')));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
