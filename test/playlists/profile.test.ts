import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProfile } from '#segue/playlists/profile.js';
import { rowsOf, segmentOfRow } from '#segue/playlists/track-index.js';
import { indexOf } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const model = spotifyModel();
const tracks = randomTracks({ tracks: 2000, artists: 400, seed: 11 });
const index = await indexOf(tracks, model);

const known = fc.array(fc.nat(tracks.length - 1), { minLength: 1, maxLength: 200 });

describe('a profile', () => {
  it('counts, averages and spreads what the listener knows, as plain sums do', () => {
    fc.assert(
      fc.property(known, fc.nat(130), (places, strangers) => {
        const strange = Array.from({ length: strangers }, (_, i) => `stranger ${i}`);
        const trackIds = [...places.map((place) => tracks[place]!.id), ...strange, ...strange];
        const profile = makeProfile(index, { listened: { trackIds }, suggestions: 0 });
        expect(profile.tracks).toEqual({
          given: places.length + 2 * strangers,
          known: places.length,
          unknown: 2 * strangers,
        });
        expect(profile.unknown_track_ids).toEqual(strange.slice(0, 100));
        for (const { cluster_id, tracks: count, share } of profile.segments) {
          const of = places.filter(
            (place) => segmentOfRow(index, rowsOf(index, [tracks[place]!.id])[0]!) === cluster_id,
          );
          expect(count).toBe(of.length);
          expect(share).toBe(of.length / places.length);
        }
        profile.centre?.forEach(({ mean, sd }, j) => {
          const values = places.map((place) => tracks[place]!.values[j]!);
          const average = values.reduce((sum, value) => sum + value, 0) / values.length;
          const square = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
          expect(mean).toBeCloseTo(average, 9);
          expect(sd).toBeCloseTo(Math.sqrt(square), 7);
        });
        const distances = profile.nearest_segments.map(({ distance }) => distance);
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
        expect(distances).toHaveLength(4);
      }),
      { seed: 20261125, numRuns: 100 },
    );
  });

  it('is the same for features as for the ids of the tracks that have them, but for the suggestions', () => {
    const some = tracks.slice(0, 300);
    const byId = makeProfile(index, { listened: { trackIds: some.map(({ id }) => id) }, suggestions: 0 });
    const values = Float64Array.from(some.flatMap((track) => track.values));
    expect(makeProfile(index, { listened: { values }, suggestions: 0 })).toEqual(byId);
  });

  it('suggests songs that are not known, one of each artist, shared out as what is known', () => {
    fc.assert(
      fc.property(known, fc.integer({ min: 0, max: 50 }), (places, suggestions) => {
        const mine = places.map((place) => tracks[place]!);
        const trackIds = mine.map(({ id }) => id);
        const profile = makeProfile(index, { listened: { trackIds }, suggestions });
        const songs = new Set(mine.map(({ artist, name }) => `${artist} ${name}`));
        const artists = profile.suggestions.map(({ artist_name }) => artist_name);
        expect(new Set(artists).size).toBe(artists.length);
        for (const { artist_name, track_name } of profile.suggestions)
          expect(songs.has(`${artist_name} ${track_name}`)).toBe(false);
        expect(profile.suggestions.length).toBeLessThanOrEqual(suggestions);
        for (const { cluster_id, share } of profile.segments) {
          const count = profile.suggestions.filter((track) => track.cluster_id === cluster_id).length;
          expect(count).toBeLessThanOrEqual(Math.ceil(share * suggestions));
        }
        expect(makeProfile(index, { listened: { trackIds }, suggestions })).toEqual(profile);
      }),
      { seed: 20261125, numRuns: 100 },
    );
  });

  it('gives as many suggestions as asked for where there are enough artists', () => {
    const trackIds = tracks.slice(0, 100).map(({ id }) => id);
    expect(makeProfile(index, { listened: { trackIds }, suggestions: 50 }).suggestions).toHaveLength(50);
  });

  it('of nobody the catalogue knows has no centre', () => {
    const profile = makeProfile(index, { listened: { trackIds: ['nobody'] }, suggestions: 10 });
    expect(profile).toMatchObject({ centre: null, nearest_segments: [], suggestions: [] });
  });

  it('stays finite for values of any size', () => {
    const values = Float64Array.from([0, 1e308, 1, 1, 1e308, 1.7e308, 0, 0, 0, 41]);
    const text = JSON.stringify(makeProfile(index, { listened: { values }, suggestions: 5 }));
    expect(text).not.toContain('null,"sd"');
    expect(JSON.parse(text)).toMatchObject({ tracks: { known: 2 } });
    expect(text).not.toMatch(/"(?:mean|sd|distance)":null/);
  });
});
