import { type Crosstabs, crosstabulate } from './crosstabs.js';
import { textAt } from './texts.js';
import type { TrackIndex } from './track-index.js';

/** What the tracks of a segment are, beyond their features. */
export interface SegmentComposition {
  readonly cluster_id: number;
  readonly tracks: number;
  /** The most frequent ones, the most frequent first. */
  readonly genres: readonly GenreCount[];
  /** Tracks of all other genres. */
  readonly other_genres: number;
  /** Tracks whose genre the catalogue doesn't say. */
  readonly without_genre: number;
  /** Least, the nine inner deciles, largest; null where no track has one. */
  readonly popularity: readonly number[] | null;
}

export interface GenreCount {
  readonly genre: string;
  readonly tracks: number;
  /** Its share in the segment over its share in the catalogue: 2 is twice as frequent. */
  readonly lift: number;
}

export interface Composition {
  /** Tracks that are counted: all of the catalogue, or as many as an index may hold. */
  readonly tracks: number;
  readonly catalogue_tracks: number;
  readonly segments: readonly SegmentComposition[];
  /** The other way round: the segments of each genre and each year. */
  readonly by: Crosstabs;
}

/** Genres that are told of each segment. */
const TOLD = 12;

/** Counts genres and orders popularity, segment by segment, and segments by genre and year. */
export function composeSegments(index: TrackIndex): Composition {
  const { sections, segmentRows, rows } = index;
  const genres = index.genreNames.ends.length - 1;
  const all = new Uint32Array(genres);
  for (let row = 0; row < rows; row += 1) all[sections.genres[row]!]! += 1;
  const segments = Array.from({ length: segmentRows.length - 1 }, (_, cluster_id) => {
    const [from, to] = [segmentRows[cluster_id]!, segmentRows[cluster_id + 1]!];
    const counts = new Uint32Array(genres);
    for (let row = from; row < to; row += 1) counts[sections.genres[row]!]! += 1;
    const named = [...counts.keys()]
      .filter((genre) => counts[genre]! > 0 && textAt(index.genreNames, genre) !== null)
      .toSorted((a, b) => counts[b]! - counts[a]! || a - b);
    const told = named.slice(0, TOLD).map((genre) => ({
      genre: textAt(index.genreNames, genre)!,
      tracks: counts[genre]!,
      lift: counts[genre]! / (to - from) / (all[genre]! / rows),
    }));
    const count = (of: readonly number[]): number => of.reduce((sum, genre) => sum + counts[genre]!, 0);
    return {
      cluster_id,
      tracks: to - from,
      genres: told,
      other_genres: count(named.slice(TOLD)),
      without_genre: to - from - count(named),
      popularity: decilesOf(sections.popularity.slice(from, to).filter((value) => !Number.isNaN(value))),
    };
  });
  const { tracks, catalogue_tracks } = index.head;
  return { tracks, catalogue_tracks, segments, by: crosstabulate(index) };
}

/** By the nearest rank: each is a value that a track has. */
function decilesOf(values: Float64Array): number[] | null {
  if (values.length === 0) return null;
  values.sort();
  return Array.from({ length: 11 }, (_, i) => values[Math.round((i / 10) * (values.length - 1))]!);
}
