import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, predictOne } from '#segue/models/predict.js';
import { type Aim, type Filter, nearestTracks } from '#segue/playlists/nearest.js';
import { standardScore } from '#segue/playlists/standard-score.js';
import { featureOf, rowsOf, segmentOfRow, type TrackIndex, trackAt } from '#segue/playlists/track-index.js';
import { indexOf } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const model = spotifyModel();
const tracks = randomTracks({ tracks: 3000, artists: 300, seed: 7 });
const index = await indexOf(tracks, model);
const rows = Array.from({ length: index.rows }, (_, row) => row);

/** Every track that passes, by distance and row. */
function sortedByForce({ z, counted }: Aim, filter: Filter): { row: number; square: number }[] {
  const passes = (row: number): boolean =>
    (filter.segment === undefined || segmentOfRow(index, row) === filter.segment) &&
    (filter.minPopularity === undefined || index.sections.popularity[row]! >= filter.minPopularity) &&
    (filter.genres === undefined || filter.genres.has(index.sections.genres[row]!)) &&
    filter.songs?.has(index.sections.songs[row]!) !== true;
  return rows
    .filter(passes)
    .map((row) => ({
      row,
      square: counted.reduce((sum, j) => sum + (scoreOf(index, row, j) - z[j]!) ** 2, 0),
    }))
    .toSorted((a, b) => a.square - b.square || a.row - b.row);
}

function scoreOf({ mean, sd }: TrackIndex, row: number, j: number): number {
  return standardScore(featureOf(index, row, j), mean[j]!, sd[j]!);
}

const aim = fc.record({
  z: fc.array(fc.double({ min: -3, max: 6, noNaN: true }), { minLength: 5, maxLength: 5 }),
  counted: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
});

const filter = fc.record({
  segment: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  minPopularity: fc.option(fc.integer({ min: 0, max: 101 }), { nil: undefined }),
  genres: fc.option(
    fc.subarray([0, 1, 2, 3]).map((places) => new Set(places)),
    { nil: undefined },
  ),
  songs: fc
    .array(fc.nat(2999), { maxLength: 50 })
    .map((excluded) => new Set(excluded.map((row) => index.sections.songs[row]!))),
});

describe('the index', () => {
  it('has every track as the catalogue does, in the segment that a prediction gives it', () => {
    const compiled = compile(model);
    const found = rowsOf(
      index,
      tracks.map(({ id }) => id),
    );
    for (const [i, { id, artist, name, genre, popularity, values }] of tracks.entries()) {
      expect(trackAt(index, found[i]!)).toEqual({
        track_id: id,
        artist_name: artist,
        track_name: name,
        genre,
        popularity,
        features: Object.fromEntries(model.contract.features.map((feature, j) => [feature.name, values[j]])),
        cluster_id: predictOne(compiled, values).cluster_id,
      });
    }
  });

  it('finds no track by another id', () => {
    const others = ['', 'track-7-3000', 'track-7-1 ', 'TRACK-7-1', '\ud800', '\ufffd', 'x'.repeat(5000)];
    for (const id of others) expect([...rowsOf(index, [id])]).toEqual([-1]);
  });

  it('finds many at once as one by one, known or not', () => {
    const known = tracks.map(({ id }) => id);
    const id = fc.oneof(
      fc.constantFrom(...known),
      fc.constantFrom('', 'track-7-3000', 'é', '\ud800'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300, size: 'max' }), (asked) => {
        const alone = asked.map((one) => rowsOf(index, [one])[0]);
        expect([...rowsOf(index, asked)]).toEqual(alone);
        expect(alone.map((row) => row! >= 0)).toEqual(asked.map((one) => known.includes(one)));
      }),
      { seed: 11, numRuns: 50 },
    );
  });
});

describe('the nearest tracks', () => {
  it('come one by one as from a sorted list of all, whatever the batch', () => {
    fc.assert(
      fc.property(aim, filter, fc.integer({ min: 1, max: 4000 }), ({ z, counted }, passing, expected) => {
        const wanted = { z: Float64Array.from(z), counted };
        const found = [...nearestTracks(index, wanted, passing, expected)];
        const sorted = sortedByForce(wanted, passing);
        expect(found.map(({ row }) => row)).toEqual(sorted.map(({ row }) => row));
        expect(found.map(({ distance }) => distance)).toEqual(sorted.map(({ square }) => Math.sqrt(square)));
      }),
      { seed: 20261125, numRuns: 150 },
    );
  });
});
