import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { CatalogueRefusal } from '#segue/playlists/refusal.js';
import { compileCheck } from '#segue/service/field-errors.js';
import { fromCatalogue } from '#segue/service/need-catalogue.js';
import { playlistBody } from '#segue/service/playlist-schema.js';
import { profileBody } from '#segue/service/profile-schema.js';
import { randomTracks, spotifyModel } from '../playlists/tracks.js';
import { openWorld, TRACK, textWith, type World, worldOfTest } from './world.js';

const model = spotifyModel();
const tracks = randomTracks({ tracks: 800, artists: 100, seed: 5 });
const world = await openWorld({ model, tracks });
afterAll(world.close);

interface List {
  readonly model_version: string;
  readonly tracks: readonly {
    readonly track_id: string;
    readonly segment: unknown;
    readonly cluster_id: number;
  }[];
}

function post(path: string, payload: object, { app, keys }: World = world, key = keys.predict) {
  return app.inject({ method: 'POST', url: `/v1/${path}`, headers: { 'x-api-key': key }, payload });
}

it('what cannot be answered now is 503 with the seconds after which to ask again', async () => {
  for (const [code, seconds] of [
    ['overloaded', '1'],
    ['catalogue_loading', '2'],
    ['no_catalogue', '60'],
  ] as const) {
    const refusal = Promise.reject(new CatalogueRefusal(code));
    await expect(fromCatalogue(refusal)).rejects.toMatchObject({
      code,
      details: { headers: { 'retry-after': seconds } },
    });
  }
});

describe('POST /v1/playlists', () => {
  it.each([{ segment: 1 }, { seed_track: tracks[7]!.id }, { target: { tempo: 128, valence: 0.8 } }])(
    'answers %o with the length asked for, the same bytes each time',
    async (from) => {
      const answer = await post('playlists', { ...from, length: 12, variety: 0.6, seed: 3 });
      expect(answer.statusCode).toBe(200);
      const list = answer.json<List>();
      expect(list.model_version).toBe(model.version);
      expect(answer.headers['x-model-version']).toBe(model.version);
      expect(list.tracks).toHaveLength(12);
      for (const { segment, cluster_id } of list.tracks) {
        const { segment_id, name } = model.segments[cluster_id]!;
        expect(segment).toEqual({ segment_id, name });
      }
      const again = await post('playlists', { ...from, length: 12, variety: 0.6, seed: 3 });
      expect(again.body).toBe(answer.body);
      const other = await post('playlists', { ...from, length: 12, variety: 0.6, seed: 4 });
      expect(other.body).not.toBe(answer.body);
    },
  );

  it('has defaults: 25 tracks, some variety, seed 0', async () => {
    const [short, long] = await Promise.all([
      post('playlists', { segment: 0 }),
      post('playlists', { segment: 0, length: 25, variety: 0.3, seed: 0, exclude: [] }),
    ]);
    expect(short.json<List>().tracks).toHaveLength(25);
    expect(short.body).toBe(long.body);
  });

  it('takes a segment by its permanent id too', async () => {
    const { segment_id, cluster_id } = model.segments[2]!;
    const [byId, byNumber] = await Promise.all([
      post('playlists', { segment: segment_id }),
      post('playlists', { segment: cluster_id }),
    ]);
    expect(byId.statusCode).toBe(200);
    expect(byId.body).toBe(byNumber.body);
  });

  it('says what it does not know: a segment, a permanent id, a seed track', async () => {
    expect((await post('playlists', { segment: 99 })).json()).toMatchObject({ code: 'cluster_not_found' });
    expect((await post('playlists', { segment: 'seg_aaaaaaaaaa' })).statusCode).toBe(404);
    const strange = await post('playlists', { seed_track: 'nobody' });
    expect(strange.statusCode).toBe(404);
    expect(strange.json()).toMatchObject({ code: 'track_not_found' });
  });

  it.each([
    [{}, 'body', 'oneOf', 'segment, seed_track, target'],
    [{ segment: 1, target: { tempo: 100 } }, 'body', 'oneOf', 'segment, seed_track, target'],
    [{ segment: -1 }, 'segment', 'minimum', 0],
    [{ segment: 1.5 }, 'segment', 'anyOf', 'integer >= 0 or string'],
    [{ segment: 'rock' }, 'segment', 'pattern', '^seg_[a-z2-7]{10}$'],
    [{ segment: null }, 'segment', 'anyOf', 'integer >= 0 or string'],
    [{ seed_track: '' }, 'seed_track', 'minLength', 1],
    [{ seed_track: 'x'.repeat(201) }, 'seed_track', 'maxLength', 200],
    [{ target: {} }, 'target', 'minProperties', 1],
    [{ target: { tempo: 40 } }, 'target.tempo', 'exclusiveMinimum', 40],
    [{ target: { mood: 1 } }, 'target.mood', 'additionalProperties', textWith('tempo')],
    [{ segment: 0, length: 0 }, 'length', 'minimum', 1],
    [{ segment: 0, length: 201 }, 'length', 'maximum', 200],
    [{ segment: 0, length: 2.5 }, 'length', 'type', 'integer'],
    [{ segment: 0, variety: 1.1 }, 'variety', 'maximum', 1],
    [{ segment: 0, genres: [] }, 'genres', 'minItems', 1],
    [{ segment: 0, exclude: [1] }, 'exclude.0', 'type', 'string'],
    [{ segment: 0, exclude: Array.from({ length: 10_001 }, String) }, 'exclude', 'maxItems', 10_000],
    [{ segment: 0, seed: '1' }, 'seed', 'type', 'integer'],
    [{ segment: 0, mood: 'good' }, 'mood', 'additionalProperties', textWith('seed_track')],
  ])('refuses %o by field, rule and limit', async (body, field, rule, limit) => {
    const answer = await post('playlists', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: unknown[] }>().errors).toContainEqual(
      expect.objectContaining({ field, rule, limit }),
    );
  });

  it('needs the scope predict', async () => {
    expect((await post('playlists', { segment: 0 }, world, world.keys.read)).statusCode).toBe(403);
  });
});

describe('POST /v1/profiles', () => {
  it('describes a listener by ids and by features, and names unknown ids', async () => {
    const ids = tracks.slice(0, 50).map(({ id }) => id);
    const byId = await post('profiles', { track_ids: [...ids, 'nobody'], suggestions: 5 });
    expect(byId.statusCode).toBe(200);
    const profile = byId.json<{ segments: { share: number; segment: unknown }[]; suggestions: unknown[] }>();
    expect(profile).toMatchObject({
      tracks: { given: 51, known: 50, unknown: 1 },
      unknown_track_ids: ['nobody'],
      catalogue: { tracks: 800, sampled_from: null },
    });
    expect(profile.suggestions).toHaveLength(5);
    expect(profile.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const byFeatures = await post('profiles', { tracks: [TRACK, TRACK] });
    expect(byFeatures.json()).toMatchObject({
      tracks: { given: 2, known: 2, unknown: 0 },
      centre: { length: 5 },
    });
  });

  it.each([
    [{}, 'body', 'oneOf', 'track_ids, tracks'],
    [{ track_ids: [] }, 'track_ids', 'minItems', 1],
    [{ tracks: [{ ...TRACK, tempo: 'fast' }] }, 'tracks.0.tempo', 'type', 'number'],
    [{ tracks: [TRACK], suggestions: 51 }, 'suggestions', 'maximum', 50],
  ])('refuses %o by field, rule and limit', async (body, field, rule, limit) => {
    const answer = await post('profiles', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: unknown[] }>().errors).toContainEqual(
      expect.objectContaining({ field, rule, limit }),
    );
  });
});

describe('a body of either', () => {
  const anything = fc.jsonValue({ maxDepth: 2 });
  const playlistLike = fc.record(
    {
      segment: fc.oneof(
        fc.integer({ min: -1, max: 5 }),
        fc.constantFrom('seg_abcdefgh23', 'seg_1'),
        anything,
      ),
      seed_track: fc.oneof(fc.string({ maxLength: 250 }), anything),
      target: fc.oneof(
        fc.record(
          { tempo: fc.double({ min: 0, max: 1e308 }), valence: fc.double({ min: -1, max: 2 }) },
          { requiredKeys: [] },
        ),
        anything,
      ),
      length: fc.oneof(fc.integer({ min: 0, max: 201 }), fc.double(), anything),
      variety: fc.oneof(fc.double({ min: -0.1, max: 1.1 }), anything),
      min_popularity: fc.oneof(fc.double(), anything),
      genres: fc.oneof(fc.array(fc.string(), { maxLength: 3 }), anything),
      exclude: fc.oneof(fc.array(fc.string(), { maxLength: 3 }), anything),
      seed: fc.oneof(fc.integer({ min: -1, max: 4_294_967_296 }), anything),
      mood: anything,
    },
    { requiredKeys: [] },
  );
  const profileLike = fc.record(
    {
      track_ids: fc.oneof(fc.array(fc.string(), { maxLength: 3 }), anything),
      tracks: fc.oneof(fc.array(fc.oneof(fc.constant(TRACK), anything), { maxLength: 3 }), anything),
      suggestions: fc.oneof(fc.integer({ min: -1, max: 51 }), anything),
    },
    { requiredKeys: [] },
  );
  const operations = [
    ['playlists', playlistLike, playlistBody(SPOTIFY_FEATURES)],
    ['profiles', profileLike, profileBody(SPOTIFY_FEATURES)],
  ] as const;

  it.each(operations)(
    '%s: is let through as another validator does, and every refusal names rules',
    (_name, like, schema) => {
      const check = compileCheck(schema);
      const validate = new Ajv2020({ strict: false }).compile(schema);
      fc.assert(
        fc.property(like, (body) => {
          const errors = check(body);
          expect(errors.length === 0).toBe(validate(body));
          expect(errors.map(({ rule }) => rule)).not.toContain('schema');
        }),
        { seed: 20261125, numRuns: 2000 },
      );
    },
  );

  it.each(operations)('%s: is never answered 5xx', async (name, like) => {
    await fc.assert(
      fc.asyncProperty(like, async (body) => {
        expect([200, 404, 422]).toContain((await post(name, body)).statusCode);
      }),
      { seed: 20261125, numRuns: 300 },
    );
  });
});

describe('without a catalogue', () => {
  it('playlists are 503 with a stable code, predictions are answered, and /readyz says so', async () => {
    const bare = await worldOfTest({ model });
    await bare.catalogue.follow(model.version);
    for (const path of ['playlists', 'profiles']) {
      const answer = await post(path, path === 'playlists' ? { segment: 0 } : { track_ids: ['a'] }, bare);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('60');
      expect(answer.json()).toMatchObject({ code: 'no_catalogue' });
    }
    expect((await post('predict/cluster', TRACK, bare)).statusCode).toBe(200);
    expect((await bare.app.inject('/readyz')).json()).toMatchObject({ status: 'ready', catalogue: 'none' });
  });

  it('without a model it is 500, as for a prediction', async () => {
    const empty = await worldOfTest({ model: null });
    expect((await post('playlists', { segment: 0 }, empty)).json()).toMatchObject({ code: 'no_model' });
  });
});

it('the log has no track id and no feature', async () => {
  const id = tracks[3]!.id;
  await post('playlists', { seed_track: id, exclude: ['secret-id'] });
  await post('profiles', { track_ids: [id, 'secret-id'] });
  expect(world.log()).toContain('/v1/profiles');
  expect(world.log()).not.toContain(id);
  expect(world.log()).not.toContain('secret-id');
});
