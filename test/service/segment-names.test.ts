import { expect, it, onTestFinished } from 'vitest';
import { readLedger } from '#segue/models/ledger-file.js';
import { createKey } from '#segue/service/key-file.js';
import type { LiveModel } from '#segue/service/live-model.js';
import { startServer } from '#segue/service/server.js';
import { segue } from '../cli/segue.js';
import { exampleModel } from '../models/example.js';
import { NOW, signal, temporaryHome } from './temp.js';
import { keptLog, observerWith, publish, TRACK, worldOfTest } from './world.js';

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

  const history = await app.inject({ url: '/v1/history', headers: as(keys.read) });
  const { versions } = history.json<{
    versions: readonly { content: { segments: readonly { segment_id: string; name: object }[] } }[];
  }>();
  const told = versions.flatMap(({ content }) => content.segments);
  expect(told.filter((one) => one.segment_id === segment_id).map((one) => one.name)).toEqual([given]);

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

it('a running server takes up a name that was pinned by the command line, and callers’ copies are stale then', async () => {
  const { home, remove } = await temporaryHome();
  const model = exampleModel();
  await publish(home, model);
  const { key } = await createKey(home, { label: 'reader', scopes: ['read'] }, NOW);
  const { segment_id, name } = model.segments[0]!;
  const served = { first: signal(), pinned: signal() };
  const modelServed = ({ pins }: LiveModel): void =>
    (pins.has(segment_id) ? served.pinned : served.first).give();
  const observer = observerWith({ modelServed });
  const { logger } = keptLog();
  const server = await startServer({ home, host: '127.0.0.1', port: 0, observer, logger });
  onTestFinished(async () => {
    await server.close();
    await remove();
  });
  await served.first.given;
  const clusters = (etag = '') =>
    fetch(`${server.url}/v1/clusters`, {
      headers: { 'x-api-key': key, 'if-none-match': etag, 'cache-control': 'max-age=0' }, // fetch’s own is no-cache, which asks for all
    });
  const nameIn = async (answer: Response) =>
    ((await answer.json()) as { clusters: readonly { name: object }[] }).clusters[0]!.name;

  const before = await clusters();
  const etag = before.headers.get('etag')!;
  expect(await nameIn(before)).toEqual(name);
  expect((await clusters(etag)).status).toBe(304);
  await segue('segments', 'pin', segment_id, '--en', 'rain', '--es', 'lluvia', '--home', home.root);
  await served.pinned.given;
  const after = await clusters(etag);
  expect(after.status).toBe(200);
  expect(await nameIn(after)).toEqual({ en: 'rain', es: 'lluvia' });
});
