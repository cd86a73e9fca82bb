import { expect, it } from 'vitest';
import { randomTracks, spotifyModel } from '../playlists/tracks.js';
import { worldOfTest } from './world.js';

it('the points of the map come as bytes that may be kept, with an ETag; tracks of its rows by name', async () => {
  const model = spotifyModel(4, 1);
  const tracks = randomTracks({ tracks: 300, artists: 40, seed: 2 });
  const { app, keys } = await worldOfTest({ model, tracks });
  const headers = { 'x-api-key': keys.read };
  const map = (await app.inject({ url: '/v1/map', headers })).json<{
    points: string;
    tracks: number;
    segment_rows: number[];
  }>();
  const answer = await app.inject({ url: map.points, headers });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  expect(answer.rawPayload.byteLength).toBe(4 * map.tracks);
  const again = await app.inject({
    url: map.points,
    headers: { ...headers, 'if-none-match': answer.headers.etag! },
  });
  expect([again.statusCode, again.rawPayload.byteLength]).toEqual([304, 0]);
  expect((await app.inject({ url: '/v1/map/m-000000000000', headers })).json()).toMatchObject({
    code: 'model_not_found',
  });

  const rows = [map.segment_rows[1]!, 0, 5_000_000];
  const told = await app.inject({ method: 'POST', url: '/v1/tracks', headers, payload: { rows } });
  expect(
    told.json<{ tracks: { cluster_id: number }[] }>().tracks.map(({ cluster_id }) => cluster_id),
  ).toEqual([1, 0]);
});

it('tracks are found by name, with the rows that the map has, and the log does not tell what was looked for', async () => {
  const tracks = randomTracks({ tracks: 300, artists: 40, seed: 2 });
  const { app, keys, log } = await worldOfTest({ model: spotifyModel(4, 1), tracks });
  const headers = { 'x-api-key': keys.read };
  const ask = (query: Readonly<Record<string, string>>) => app.inject({ url: '/v1/tracks', query, headers });
  const answer = await ask({ q: 'ARTÍST 3', limit: '2' });
  expect(answer.statusCode).toBe(200);
  const { found, tracks: told } = answer.json<{
    found: number;
    tracks: { row: number; artist_name: string }[];
  }>();
  expect(found).toBeGreaterThan(2);
  expect(told.map(({ artist_name }) => artist_name)).toEqual(['Artist 3', 'Artist 3']);
  const rows = told.map(({ row }) => row);
  const again = await app.inject({ method: 'POST', url: '/v1/tracks', headers, payload: { rows } });
  expect(again.json<{ tracks: object[] }>().tracks).toEqual(told.map(({ row: _row, ...track }) => track));
  expect(log()).not.toMatch(/ART%C3%8DST|ARTÍST/);

  for (const [query, rule] of [
    [{}, 'required'],
    [{ q: '' }, 'minLength'],
    [{ q: 'x'.repeat(201) }, 'maxLength'],
    [{ q: 'x', limit: '101' }, 'maximum'],
    [{ q: 'x', page: '1' }, 'additionalProperties'],
  ] as const) {
    const refused = await ask(query);
    expect(refused.statusCode).toBe(422);
    expect(refused.json<{ errors: { rule: string }[] }>().errors[0]!.rule).toBe(rule);
  }
});
