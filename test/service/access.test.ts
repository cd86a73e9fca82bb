import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createKey, revokeKey } from '#segue/service/key-file.js';
import { SCOPES, type Scope } from '#segue/service/keys.js';
import { exampleModel } from '../models/example.js';
import { randomTracks } from '../playlists/tracks.js';
import { NOW } from './temp.js';
import {
  callExample,
  documentOf,
  openWorld,
  operationsOf,
  RUN,
  textWith,
  worldOfTest,
  writeDecision,
  writeRun,
} from './world.js';

const model = exampleModel();
let minute = 0; // each look at the clock is a minute later, so that no failed attempt is one too many
const tracks = randomTracks({ tracks: 300, artists: 50, seed: 1 });
const world = await openWorld({
  model,
  earlier: exampleModel({ seed: 9 }),
  tracks,
  ticks: () => (minute += 60_000),
});
await writeRun(world.home, RUN);
await writeDecision(world.home, RUN, model.version);
afterAll(world.close);

const operations = operationsOf(await documentOf(world.app));
const guarded = operations.filter(({ scope }) => scope !== undefined);
const MINUTE = 60_000;

const secondAgo = new Date(NOW.getTime() - 1000);
const hourAgo = new Date(NOW.getTime() - 60 * MINUTE);
const revoked = await createKey(world.home, { label: 'revoked', scopes: ['admin'] }, hourAgo);
const expired = await createKey(
  world.home,
  { label: 'expired', scopes: ['admin'], expiresAt: secondAgo },
  hourAgo,
);
const expiring = await createKey(
  world.home,
  { label: 'expiring', scopes: ['admin'], expiresAt: NOW },
  hourAgo,
);
const lasting = new Date(NOW.getTime() + 1);
const current = await createKey(
  world.home,
  { label: 'current', scopes: ['admin'], expiresAt: lasting },
  hourAgo,
);
await revokeKey(world.home, revoked.record.id, secondAgo);
await world.refresh();

const { admin } = world.keys;
const [, adminId, adminSecret] = /^segue_([^_]+)_(.+)$/.exec(admin)!;
const otherSecret = `${adminSecret!.startsWith('A') ? 'B' : 'A'}${adminSecret!.slice(1)}`;

const REFUSED: readonly (readonly [string, string | undefined])[] = [
  ['none', undefined],
  ['empty', ''],
  ['malformed', 'let me in'],
  ['only an id', `segue_${adminId}`],
  ['with an empty secret', `segue_${adminId}_`],
  ['in upper case', admin.toUpperCase()],
  ['with a space', `${admin} x`],
  ['twice', `${admin}, ${admin}`],
  ['with a wrong secret', `segue_${adminId}_${otherSecret}`],
  ['with an unknown id', `segue_000000000000_${adminSecret}`],
  ['revoked', revoked.key],
  ['expired', expired.key],
  ['expiring this very moment', expiring.key],
];

const matrix = guarded.flatMap((operation) =>
  REFUSED.map(([state, key]) => [operation.operationId, state, key, operation] as const),
);

describe('a guarded operation', () => {
  it('is each one under /v1, but for signing out', () => {
    const under = operations.filter(({ path }) => path.startsWith('/v1/'));
    expect(guarded).toEqual(under.filter(({ operationId }) => operationId !== 'signOut'));
  });

  it.each(matrix)('%s: a key that is %s is 401', async (_id, _state, key, operation) => {
    const response = await callExample(world, operation, key, {
      version: model.version,
      run: RUN,
      segment_id: model.segments[0]!.segment_id,
    });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toContain('X-API-Key');
    expect(response.json()).toMatchObject({ code: 'unauthorized' });
  });

  it('answers every wrong key with the same words', async () => {
    const answers = await Promise.all(
      REFUSED.map(async ([, key]) => {
        const { request_id: _, ...rest } = (await callExample(world, guarded[0]!, key)).json<
          Record<string, unknown>
        >();
        return JSON.stringify(rest);
      }),
    );
    expect(new Set(answers).size).toBe(1);
  });

  const scoped = guarded.flatMap((operation) =>
    SCOPES.map((scope) => [operation.operationId, scope, operation] as const),
  );

  it.each(scoped)('%s with a key for %s', async (_id, scope, operation) => {
    const response = await callExample(world, operation, world.keys[scope], {
      version: model.version,
      run: RUN,
      segment_id: model.segments[0]!.segment_id,
    });
    const allowed: readonly Scope[] = [operation.scope!, 'admin'];
    const done = operation.operationId === 'startRun' ? 409 : 200; // this service has no source
    expect(response.statusCode).toBe(allowed.includes(scope) ? done : 403);
    if (response.statusCode === done) return;
    expect(response.json()).toMatchObject({
      code: 'scope_missing',
      detail: textWith(operation.scope!),
    });
  });

  it('takes a key that has not expired yet', async () => {
    expect((await callExample(world, guarded[0]!, current.key)).statusCode).toBe(200);
  });

  it('is refused before its body is looked at', async () => {
    const response = await world.app.inject({
      method: 'POST',
      url: '/v1/predict/cluster',
      payload: '{"tempo":',
    });
    expect(response.statusCode).toBe(401);
  });
});

it.each(
  operations
    .filter(({ scope }) => scope === undefined)
    .map((operation) => [operation.operationId, operation] as const),
)('%s needs no key', async (_id, operation) => {
  expect((await callExample(world, operation, undefined)).statusCode).toBe(200);
});

describe('fails closed', () => {
  it.each([
    ['no file', undefined],
    ['no keys', '{"format":"segue-keys/1","keys":[]}'],
    ['half a file', '{"format":"segue-keys/1","keys":[{"id"'],
    ['another format', '{"format":"segue-keys/2","keys":[]}'],
    ['not an object', 'null'],
    ['a key without a hash', '{"format":"segue-keys/1","keys":[{"id":"000000000000","scopes":["admin"]}]}'],
  ])('with %s', async (_state, text) => {
    const { home, app, keys, refresh } = await worldOfTest({ ticks: () => (minute += 60_000) });
    if (text === undefined) await rm(home.keys);
    else await writeFile(home.keys, text);
    await refresh();
    for (const operation of guarded) {
      expect((await callExample({ app }, operation, keys.admin)).statusCode).toBe(401);
    }
    expect((await app.inject('/readyz')).json()).toMatchObject({ code: 'not_ready', missing: ['api_key'] });
  });

  it('and opens again with the file', async () => {
    const { home, app, keys, refresh } = await worldOfTest({ ticks: () => (minute += 60_000) });
    const text = await readFile(home.keys, 'utf8');
    await rm(home.keys);
    await refresh();
    await writeFile(home.keys, text);
    await refresh();
    expect((await callExample({ app }, guarded[0]!, keys.predict)).statusCode).toBe(200);
  });
});

it('a key works from its making and ends with its revocation, without a restart', async () => {
  const { home, app, refresh } = await worldOfTest({ ticks: () => (minute += 60_000) });
  const { key, record } = await createKey(home, { label: 'late', scopes: ['read'] }, NOW);
  const list = operations.find(({ operationId }) => operationId === 'listClusters')!;
  expect((await callExample({ app }, list, key)).statusCode).toBe(401);
  await refresh();
  expect((await callExample({ app }, list, key)).statusCode).toBe(200);
  await revokeKey(home, record.id, NOW);
  await refresh();
  expect((await callExample({ app }, list, key)).statusCode).toBe(401);
});
