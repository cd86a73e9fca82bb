import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { makePlaylist, type Playlist, type PlaylistRequest } from '#segue/playlists/playlist.js';
import { CatalogueRefusal } from '#segue/playlists/refusal.js';
import { rowsOf, type TrackIndex } from '#segue/playlists/track-index.js';
import { type CatalogueTrack, indexOf } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const model = spotifyModel();
const catalogues = await Promise.all(
  [
    { tracks: 2000, artists: 400, seed: 1 },
    { tracks: 300, artists: 3, seed: 2 },
    { tracks: 40, artists: 2, seed: 3 },
    { tracks: 1, artists: 1, seed: 4 },
  ].map(async (shape) => {
    const tracks = randomTracks(shape);
    return { tracks, index: await indexOf(tracks, model), again: await indexOf(tracks, model) };
  }),
);

const common = {
  length: fc.integer({ min: 1, max: 200 }),
  variety: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.nat(0xffffffff),
  minPopularity: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  genres: fc.option(fc.subarray(['POP', 'rock', 'tango', 'none such'], { minLength: 1 }), { nil: undefined }),
  excluded: fc.array(fc.nat(2000), { maxLength: 30 }),
};
const source = fc.oneof(
  fc.record({ segment: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ seed: fc.nat(2000) }),
  fc.record({
    target: fc.record(
      Object.fromEntries(
        SPOTIFY_FEATURES.features.map(({ name }) => [
          name,
          fc.oneof(fc.double({ min: 0, max: 200, noNaN: true }), fc.constant(1e300)),
        ]),
      ),
      { requiredKeys: [] },
    ),
  }),
);

const cases = fc.record({ ...common, source, catalogue: fc.constantFrom(...catalogues) });

/** Runs a check on many requests to several catalogues. */
function always(
  check: (
    list: Playlist,
    request: PlaylistRequest,
    world: { tracks: readonly CatalogueTrack[]; again: () => Playlist },
  ) => void,
): void {
  fc.assert(
    fc.property(cases, ({ source: from, excluded, catalogue, ...rest }) => {
      const { tracks, index, again } = catalogue;
      const idOf = (i: number): string => tracks[i % tracks.length]!.id;
      const request: PlaylistRequest = {
        ...rest,
        exclude: excluded.map(idOf),
        from: 'seed' in from ? { seedTrack: idOf(from.seed) } : from,
      };
      check(makePlaylist(index, request), request, { tracks, again: () => makePlaylist(again, request) });
    }),
    { seed: 20261125, numRuns: 400 },
  );
}

const songOf = ({ artist, name }: { artist: string | null; name: string | null }): string =>
  `${artist} ${name}`;

describe('a playlist', () => {
  it('never has an artist twice in a row, nor a song twice', () => {
    always(({ tracks }) => {
      const artists = tracks.map(({ artist_name }) => artist_name);
      expect(artists.some((artist, i) => i > 0 && artist === artists[i - 1])).toBe(false);
      const songs = tracks.map(({ artist_name, track_name }) =>
        songOf({ artist: artist_name, name: track_name }),
      );
      expect(new Set(songs).size).toBe(songs.length);
    });
  });

  it('has the length asked for, or says how many are missing and why', () => {
    always(({ tracks, shortfall }, { length }) => {
      expect(tracks.length + (shortfall?.missing ?? 0)).toBe(length);
      expect(shortfall?.missing).not.toBe(0);
    });
  });

  it('keeps to its filters: segment, popularity, genre, excluded songs, and not the seed itself', () => {
    always(({ tracks }, { from, minPopularity = 0, genres, exclude }, world) => {
      const barred = new Set([...exclude, ...('seedTrack' in from ? [from.seedTrack] : [])]);
      const songs = new Set(world.tracks.filter(({ id }) => barred.has(id)).map(songOf));
      for (const track of tracks) {
        if ('segment' in from) expect(track.cluster_id).toBe(from.segment);
        if (minPopularity > 0) expect(track.popularity).toBeGreaterThanOrEqual(minPopularity);
        if (genres !== undefined)
          expect(genres.map((genre) => genre.toLowerCase())).toContain(track.genre?.toLowerCase());
        expect(songs.has(songOf({ artist: track.artist_name, name: track.track_name }))).toBe(false);
      }
    });
  });

  it('is the same, byte for byte, from another index of the same catalogue', () => {
    always((list, _request, { again }) => {
      expect(JSON.stringify(again())).toBe(JSON.stringify(list));
    });
  });

  it('tells its steps and distances, all finite', () => {
    always(({ tracks, tempo_steps, mean_distance }) => {
      const tempos = tracks.map(({ features }) => features['tempo']!);
      const steps = tempos.slice(1).map((tempo, i) => Math.abs(tempo - tempos[i]!));
      expect(tempo_steps?.largest).toBe(Math.max(0, ...steps));
      expect(tempo_steps?.total).toBeCloseTo(
        steps.reduce((sum, step) => sum + step, 0),
        6,
      );
      if (tracks.length === 0) expect(mean_distance).toBeNull();
      else
        expect(mean_distance).toBeCloseTo(
          tracks.reduce((sum, { distance }) => sum + distance / tracks.length, 0),
          9,
        );
    });
  });

  const [{ index, tracks: catalogue }] = catalogues as [(typeof catalogues)[number]];
  const request: PlaylistRequest = { from: { segment: 0 }, length: 30, variety: 0, seed: 1, exclude: [] };

  it('is nearest at variety 0, whatever the seed, and farther and more various the more variety is asked for', () => {
    const lists = (variety: number): Playlist[] =>
      [1, 2, 3, 4, 5].map((seed) => makePlaylist(index, { ...request, variety, seed, length: 10 }));
    const tracksOf = (all: readonly Playlist[]): number =>
      new Set(all.flatMap(({ tracks }) => tracks.map(({ track_id }) => track_id))).size;
    const meanOf = (all: readonly Playlist[]): number =>
      all.reduce((sum, { mean_distance }) => sum + mean_distance!, 0);
    const [none, some, most] = [lists(0), lists(0.5), lists(1)];
    expect(tracksOf(none)).toBe(10);
    expect(tracksOf(some)).toBeGreaterThan(20);
    expect(tracksOf(most)).toBeGreaterThan(tracksOf(some));
    expect(meanOf(some)).toBeGreaterThan(meanOf(none));
    expect(meanOf(most)).toBeGreaterThan(meanOf(some));
  });

  it('hardly changes when one of its tracks is excluded', () => {
    const before = makePlaylist(index, { ...request, variety: 1 });
    const gone = before.tracks[3]!.track_id;
    const after = makePlaylist(index, { ...request, variety: 1, exclude: [gone] });
    const kept = after.tracks.filter(({ track_id }) =>
      before.tracks.some((track) => track.track_id === track_id),
    );
    expect(kept.length).toBeGreaterThanOrEqual(before.tracks.length - 3);
  });

  it('refuses a seed track that is not there', () => {
    expect(() => makePlaylist(index, { ...request, from: { seedTrack: 'nobody' } })).toThrow(
      CatalogueRefusal,
    );
  });

  it('says when it was made from a sample, which has the same tracks at every build', async () => {
    const sample = await indexOf(catalogue, model, 500);
    const larger = await indexOf(catalogue, model, 900);
    expect(sample.rows).toBeLessThanOrEqual(500);
    expect(sample.rows).toBeGreaterThan(400);
    const list = makePlaylist(sample, { ...request, length: 200 });
    expect(list.catalogue).toEqual({ tracks: sample.rows, sampled_from: catalogue.length });
    expect(larger.rows).toBeGreaterThan(sample.rows);
    const idsOf = (of: TrackIndex): string[] =>
      catalogue.map(({ id }) => id).filter((id) => rowsOf(of, [id])[0]! >= 0);
    expect(idsOf(larger)).toEqual(expect.arrayContaining(idsOf(sample)));
  });

  it('takes artists without a name for different ones, and names in another case for the same', async () => {
    const values = [0, 0.1, 0.5, 0.5, 120];
    const track = (i: number, artist: string | null, name: string | null): CatalogueTrack => ({
      id: `t${i}`,
      artist,
      name,
      genre: null,
      popularity: null,
      values,
    });
    const unnamed = await indexOf(
      [1, 2, 3].map((i) => track(i, null, null)),
      model,
    );
    const target = { from: { target: { tempo: 120 } }, length: 3, variety: 0.3, seed: 0, exclude: [] };
    expect(makePlaylist(unnamed, target).tracks).toHaveLength(3);
    const same = await indexOf(
      [
        track(1, 'Beyoncé', 'A'),
        track(2, ' BEYONCÉ', 'B'),
        track(3, 'Beyonce\u0301', 'a '),
        track(4, 'Other', 'A'),
      ],
      model,
    );
    const list = makePlaylist(same, { ...target, length: 4 });
    expect(list.tracks.map(({ track_id }) => track_id)).toHaveLength(3);
    expect(list.tracks[1]!.artist_name).toBe('Other');
    expect(list.shortfall).toEqual({ missing: 1, reason: 'too_few_tracks' });
  });
});
