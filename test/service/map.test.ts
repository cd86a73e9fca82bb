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
