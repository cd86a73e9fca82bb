import { describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { composeSegments } from '#segue/playlists/composition.js';
import { mapTracks, REACH } from '#segue/playlists/map.js';
import { featureOf, segmentOfRow, trackAt } from '#segue/playlists/track-index.js';
import { indexOf } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const years = seededRandom(4);
const catalogue = randomTracks({ tracks: 700, artists: 90, seed: 3 }).map((track, i) => ({
  ...track,
  genre: i % 9 === 0 ? null : i % 2 === 0 ? track.genre : `genre ${i % 60}`,
  year: i % 7 === 0 ? null : i % 50 === 1 ? 0 : 1960 + years.below(60),
}));
const yearOf = new Map(catalogue.map(({ id, year }) => [id, year]));
const index = await indexOf(catalogue, spotifyModel(5, 1));

describe('the map', () => {
  const map = mapTracks(index);
  const d = index.mean.length;
  const scaled = Array.from({ length: index.rows }, (_, row) =>
    Array.from({ length: d }, (_unused, j) => (featureOf(index, row, j) - index.mean[j]!) / index.sd[j]!),
  );
  const centre = Array.from(
    { length: d },
    (_, j) => scaled.reduce((sum, row) => sum + row[j]!, 0) / index.rows,
  );
  const along = (loadings: readonly number[]): number[] =>
    scaled.map((row) => row.reduce((sum, value, j) => sum + (value - centre[j]!) * loadings[j]!, 0));
  const variance = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const total = centre.reduce((sum, _, j) => sum + variance(scaled.map((row) => row[j]! - centre[j]!)), 0);

  it('has two directions of length one, at right angles, with the variance that it tells; the first has more', () => {
    const [first, second] = map.loadings;
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, j) => sum + value * b[j]!, 0);
    expect(dot(first, first)).toBeCloseTo(1, 12);
    expect(dot(second, second)).toBeCloseTo(1, 12);
    expect(dot(first, second)).toBeCloseTo(0, 12);
    map.loadings.forEach((loadings, i) =>
      expect(variance(along(loadings)) / total).toBeCloseTo(map.explained[i]!, 12),
    );
    expect(map.explained[0]).toBeGreaterThan(map.explained[1]);
    expect(variance(along([0.6, 0.8, 0, 0, 0])) / total).toBeLessThanOrEqual(map.explained[0]);
    for (const loadings of map.loadings)
      expect(Math.max(...loadings)).toBe(Math.max(...loadings.map(Math.abs)));
  });

  it('puts every track where it lies along them, within a step of its grid', () => {
    map.loadings.forEach((loadings, i) => {
      const sd = Math.sqrt(map.explained[i]! * total);
      along(loadings).forEach((value, row) => {
        const placed = (map.points[i * index.rows + row]! / 65_535) * 2 * REACH - REACH;
        const limit = Math.max(-REACH, Math.min(REACH, value / sd));
        expect(Math.abs(placed - limit)).toBeLessThan((2 * REACH) / 65_535);
      });
    });
    expect(map.segment_rows.at(-1)).toBe(index.rows);
  });

  it('is the same again', () => {
    expect(mapTracks(index)).toEqual(map);
  });
});

describe('the composition', () => {
  const { segments, by } = composeSegments(index);
  const tracks = Array.from({ length: index.rows }, (_, row) => ({
    ...trackAt(index, row),
    segment: segmentOfRow(index, row),
  }));

  it('counts every track of a segment once: by a told genre, another, or none', () => {
    for (const { cluster_id, tracks: all, genres, other_genres, without_genre } of segments) {
      const own = tracks.filter(({ segment }) => segment === cluster_id);
      expect(all).toBe(own.length);
      expect(genres.reduce((sum, genre) => sum + genre.tracks, 0) + other_genres + without_genre).toBe(all);
      expect(without_genre).toBe(own.filter(({ genre }) => genre === null).length);
      for (const { genre, tracks: count, lift } of genres) {
        expect(count).toBe(own.filter((track) => track.genre === genre).length);
        const share = tracks.filter((track) => track.genre === genre).length / tracks.length;
        expect(lift).toBeCloseTo(count / own.length / share, 12);
      }
      expect(genres.map((genre) => genre.tracks)).toEqual(
        genres.map((genre) => genre.tracks).toSorted((a, b) => b - a),
      );
    }
  });

  it('tells the deciles of popularity, of tracks that have one', () => {
    for (const { cluster_id, popularity } of segments) {
      const own = tracks
        .filter(({ segment, popularity: of }) => segment === cluster_id && of !== null)
        .map((track) => track.popularity!)
        .toSorted((a, b) => a - b);
      expect(popularity?.[0]).toBe(own[0]);
      expect(popularity?.[10]).toBe(own.at(-1));
      expect(popularity?.[5]).toBe(own[Math.round((own.length - 1) / 2)]);
    }
  });

  it('counts every track once by its year, and one without a year, or with one that is none, apart', () => {
    const counts = (year: number | null): number[] =>
      segments.map(
        ({ cluster_id }) =>
          tracks.filter(
            ({ segment, track_id }) => segment === cluster_id && (yearOf.get(track_id) || null) === year,
          ).length,
      );
    for (const { year, tracks: own } of by.years) expect(own).toEqual(counts(year));
    expect(by.without_year).toEqual(counts(null));
    const told = by.years.map(({ year }) => year);
    expect(told).toEqual([...new Set([...yearOf.values()].filter(Boolean))].toSorted((a, b) => a! - b!));
  });

  it('counts every track once by its genre; the most frequent genres have names, the most frequent first', () => {
    for (const { genre, tracks: own } of by.genres)
      expect(own).toEqual(
        segments.map(
          ({ cluster_id }) =>
            tracks.filter((track) => track.segment === cluster_id && track.genre === genre).length,
        ),
      );
    expect(by.without_genre).toEqual(segments.map(({ without_genre }) => without_genre));
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
    const totals = by.genres.map(({ tracks: own }) => sum(own));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(sum([...totals, ...by.other_genres, ...by.without_genre])).toBe(index.rows);
    expect(sum(by.other_genres)).toBeGreaterThan(0);
  });
});
