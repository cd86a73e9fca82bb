import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { TRACK, worldOfTest } from './world.js';

type World = Awaited<ReturnType<typeof worldOfTest>>;

async function set(world: World, payload: object) {
  const headers = { 'x-api-key': world.keys.admin };
  return world.app.inject({ method: 'PUT', url: '/v1/log-level', headers, payload });
}

async function predict({ app, keys }: World, id: string) {
  const headers = { 'x-api-key': keys.predict, 'x-request-id': id };
  return app.inject({ method: 'POST', url: '/v1/predict/cluster', headers, payload: TRACK });
}

it('changes while the service runs, and ends when it should', async () => {
  const world = await worldOfTest();
  await set(world, { level: 'info' });
  await predict(world, 'quiet');
  const changed = await set(world, { level: 'debug', minutes: 30 });
  expect(changed.json()).toEqual({ level: 'debug', until: '2026-11-24T05:30:00.000Z' });
  const answer = await predict(world, 'told');
  expect(answer.headers['x-request-id']).toBe('told');
  await expect.poll(() => world.log()).toContain('"request_id":"told"');
  expect(world.log()).not.toContain('"request_id":"quiet"');

  const headers = { 'x-api-key': world.keys.admin };
  const read = await world.app.inject({ url: '/v1/log-level', headers });
  expect(read.json()).toEqual(changed.json());
  await set(world, { level: 'error' });
  expect((await world.app.inject({ url: '/v1/log-level', headers })).json()).toEqual({
    level: 'error',
    until: null,
  });
});

it('never tells feature values or keys, at the most talkative level either', async () => {
  const world = await worldOfTest();
  await set(world, { level: 'trace' });
  const payload = { ...TRACK, tempo: 123.456789 };
  const headers = { 'x-api-key': world.keys.predict };
  await world.app.inject({ method: 'POST', url: '/v1/predict/cluster', headers, payload });
  await world.app.inject({
    method: 'POST',
    url: '/v1/predict/cluster',
    headers,
    payload: { tempo: 123.456789 },
  });
  expect(world.log()).toContain('"route":"/v1/predict/cluster"');
  expect(world.log()).not.toContain('123.456789');
  expect(world.log()).not.toContain(world.keys.predict.split('_').slice(2).join('_'));
});

it('stays what it is where the file says nothing of use', async () => {
  const world = await worldOfTest();
  await writeFile(world.home.logLevel, '{"level":"loud"}');
  const headers = { 'x-api-key': world.keys.admin };
  expect((await set(world, { level: 'loud' })).statusCode).toBe(422);
  expect((await world.app.inject({ url: '/v1/log-level', headers })).statusCode).toBe(500);
  await set(world, { level: 'info' });
  expect((await world.app.inject({ url: '/v1/log-level', headers })).json()).toEqual({
    level: 'info',
    until: null,
  });
});
