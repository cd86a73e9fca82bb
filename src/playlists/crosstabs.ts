import { NO_YEAR } from './layout.js';
import { textAt } from './texts.js';
import type { TrackIndex } from './track-index.js';

/** How the tracks of a genre or a year fall into segments. */
export interface Crosstabs {
  /** The most frequent genres of the catalogue, the most frequent first. */
  readonly genres: readonly { readonly genre: string; readonly tracks: SegmentCounts }[];
  readonly other_genres: SegmentCounts;
  readonly without_genre: SegmentCounts;
  /** Every year that a track has, the earliest first. */
  readonly years: readonly { readonly year: number; readonly tracks: SegmentCounts }[];
  readonly without_year: SegmentCounts;
}

/** Tracks of each segment, in the order of `cluster_id`. */
export type SegmentCounts = readonly number[];

/** Genres that are told one by one. */
const TOLD = 24;

/** Counts the tracks of each genre and each year by segment: every track once among the genres and once among the years. */
export function crosstabulate(index: TrackIndex): Crosstabs {
  const { sections, segmentRows, genreNames } = index;
  const segments = segmentRows.length - 1;
  const zeros = (): number[] => Array.from({ length: segments }, () => 0);
  const tally = (column: Uint32Array): Map<number, number[]> => {
    const counts = new Map<number, number[]>();
    for (let segment = 0; segment < segments; segment += 1) {
      for (let row = segmentRows[segment]!; row < segmentRows[segment + 1]!; row += 1) {
        const value = column[row]!;
        let own = counts.get(value);
        if (own === undefined) counts.set(value, (own = zeros()));
        own[segment]! += 1;
      }
    }
    return counts;
  };
  const none = zeros();
  const byGenre = [...tally(sections.genres)]
    .map(([place, tracks]) => ({ genre: textAt(genreNames, place), tracks, all: total(tracks) }))
    .toSorted((a, b) => b.all - a.all || (a.genre ?? '').localeCompare(b.genre ?? '', 'en'));
  const named = byGenre.flatMap(({ genre, tracks }) => (genre === null ? [] : [{ genre, tracks }]));
  const byYear = tally(sections.years);
  return {
    genres: named.slice(0, TOLD),
    other_genres: named.slice(TOLD).reduce((sum, { tracks }) => added(sum, tracks), none),
    without_genre: byGenre.find(({ genre }) => genre === null)?.tracks ?? none,
    years: [...byYear]
      .filter(([year]) => year !== NO_YEAR)
      .map(([year, tracks]) => ({ year, tracks }))
      .toSorted((a, b) => a.year - b.year),
    without_year: byYear.get(NO_YEAR) ?? none,
  };
}

function total(counts: SegmentCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function added(a: readonly number[], b: readonly number[]): number[] {
  return a.map((count, i) => count + b[i]!);
}
