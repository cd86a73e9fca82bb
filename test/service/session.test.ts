import { expect, it } from 'vitest';
import { createKey, revokeKey } from '#segue/service/key-file.js';
import { NOW } from './temp.js';
import { TRACK, type World, worldOfTest } from './world.js';

const SAME = { 'sec-fetch-site': 'same-origin' };

async function signIn({ app }: Pick<World, 'app'>, key: string): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/v1/session', headers: { 'x-api-key': key } });
  expect(answer.statusCode).toBe(200);
  return String(answer.headers['set-cookie']);
}

it('signs a page in by a cookie that scripts can’t read and other sites can’t send; the key isn’t in it', async () => {
  const world = await worldOfTest();
  const { app, keys } = world;
  const cookie = await signIn(world, keys.read);
  for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=43200'])
    expect(cookie).toContain(part);
  expect(cookie).not.toContain(keys.read.slice('segue_0123456789ab_'.length));
  const headers = { cookie: cookie.split(';')[0]! };
  expect((await app.inject({ url: '/v1/clusters', headers })).statusCode).toBe(200);
  expect((await app.inject({ url: '/v1/session', headers })).json()).toEqual({
    key: keys.read.split('_')[1],
    scopes: ['read'],
  });

  const out = await app.inject({ method: 'DELETE', url: '/v1/session', headers });
  expect(out.headers['set-cookie']).toContain('Max-Age=0');
  expect(out.json()).toEqual({ signed_out: true });
});

it('lets a page do what its key may, and only from this service', async () => {
  const world = await worldOfTest();
  const { app, keys } = world;
  const post = (cookie: string, headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/v1/predict/cluster',
      payload: TRACK,
      headers: { cookie: cookie.split(';')[0]!, ...headers },
    });
  const admin = await signIn(world, keys.admin);
  expect((await post(admin, SAME)).statusCode).toBe(200);
  expect((await post(admin, { host: 'segue.example', origin: 'https://segue.example' })).statusCode).toBe(
    200,
  );
  for (const headers of [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { host: 'segue.example', origin: 'https://evil.example' },
    { host: 'segue.example', origin: 'null' },
  ]) {
    const answer = await post(admin, headers);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'cross_site_request']);
  }
  expect((await post(await signIn(world, keys.read), SAME)).json()).toMatchObject({ code: 'scope_missing' });
});

it('ends with its key, with its time, and is of no use when it is forged; a key that is sent goes first', async () => {
  const world = await worldOfTest();
  const { app, keys, home, refresh } = world;
  const { key, record } = await createKey(home, { label: 'page', scopes: ['read'] }, NOW);
  await refresh();
  const cookie = (await signIn(world, key)).split(';')[0]!;
  const ask = async (headers: Record<string, string>) =>
    (await app.inject({ url: '/v1/clusters', headers })).statusCode;
  expect(await ask({ cookie })).toBe(200);
  expect(await ask({ cookie: `other=1; ${cookie}; more=2` })).toBe(200);
  const [name, value] = cookie.split('=') as [string, string];
  const [id, until, signature] = value.split('.') as [string, string, string];
  const adminId = keys.admin.split('_')[1]!;
  for (const forged of [
    `${adminId}.${until}.${signature}`,
    `${id}.${Number(until) + 1}.${signature}`,
    `${id}.${until}.${signature.replace(/./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `${id}.${until}`,
    '',
  ])
    expect(await ask({ cookie: `${name}=${forged}` })).toBe(401);
  expect(await ask({ cookie, 'x-api-key': 'segue_wrong' })).toBe(401);

  await revokeKey(home, record.id, NOW);
  await refresh();
  expect(await ask({ cookie })).toBe(401);
});
