import { expect, it } from 'vitest';
import { readLedger } from '#segue/models/ledger-file.js';
import { exampleModel } from '../models/example.js';
import { TRACK, worldOfTest } from './world.js';

it('a pinned name is in every answer at once, with another ETag, and in the ledger by the key that gave it', async () => {
  const model = exampleModel();
  const { app, keys, home } = await worldOfTest({ model });
  const as = (key: string) => ({ 'x-api-key': key });
  const predicted = async () =>
    (
      await app.inject({
        method: 'POST',
        url: '/v1/predict/cluster',
        headers: as(keys.predict),
        payload: TRACK,
      })
    ).json<{
      segment: { segment_id: string; name: { en: string; es: string } };
    }>().segment;
  const { segment_id, name } = await predicted();
  const tag = async () => (await app.inject({ url: '/v1/clusters', headers: as(keys.read) })).headers.etag;
  const before = await tag();

  const url = `/v1/segments/${segment_id}/name`;
  const put = (payload: object) => app.inject({ method: 'PUT', url, headers: as(keys.admin), payload });
  const answer = await put({ en: ' For cooking ', es: 'Para cocinar', reason: 'asked by radio' });
  const given = { en: 'For cooking', es: 'Para cocinar' };
  expect(answer.json()).toEqual({ segment_id, name: given, name_pinned: true });
  expect(await predicted()).toEqual({ segment_id, name: given });
  expect(await tag()).not.toBe(before);
  const cluster = await app.inject({ url: `/v1/clusters/${segment_id}`, headers: as(keys.read) });
  expect(cluster.json()).toMatchObject({ cluster: { name: given, name_pinned: true, name_review: null } });

  expect((await put({ en: '', es: 'x' })).json()).toMatchObject({ code: 'invalid_request' });
  expect((await put({ en: 'a\nb', es: 'x' })).json()).toMatchObject({ code: 'invalid_request' });
  expect((await put({ en: 'x'.repeat(61), es: 'x' })).json()).toMatchObject({ code: 'invalid_request' });

  const taken = await app.inject({ method: 'DELETE', url, headers: as(keys.admin) });
  expect(taken.json()).toEqual({ segment_id, name, name_pinned: false });
  expect(await predicted()).toEqual({ segment_id, name });
  expect((await app.inject({ method: 'DELETE', url, headers: as(keys.admin) })).json()).toMatchObject({
    code: 'cluster_not_found',
  });
  const [pinned, unpinned] = (await readLedger(home.ledger)).slice(-2);
  expect(pinned).toMatchObject({
    event: 'name_pinned',
    reason: 'asked by radio',
    pin: { segment_id, name: given },
  });
  expect(pinned!.actor).toMatch(/^API key \w+$/);
  expect(unpinned).toMatchObject({ event: 'name_unpinned', actor: pinned!.actor });
});
