import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleModel } from '../models/example.js';
import { openWorld, publish, RUN, TRACK, type World, worldOfTest, writeRun } from './world.js';

const model = exampleModel({ k: 9 });
const world = await openWorld({ model });
await writeRun(world.home, RUN);
afterAll(world.close);

const DATA = [
  '/v1/clusters',
  '/v1/clusters/0',
  '/v1/models',
  `/v1/models/${model.version}`,
  '/v1/runs',
  `/v1/runs/${RUN}`,
];

function get(url: string, headers: Record<string, string> = {}, { app, keys }: World = world) {
  return app.inject({ url, headers: { 'x-api-key': keys.read, ...headers } });
}

const tag = String((await get('/v1/clusters')).headers['etag']);

describe('an answer of data', () => {
  it.each(DATA)('%s has a weak tag, and is 304 without a body to who has it', async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding',
    });
    const { etag } = response.headers as { etag: string };
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
    const again = await get(url, { 'if-none-match': etag });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect(again.headers).toMatchObject({
      etag,
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding',
      'x-model-version': model.version,
    });
    expect(again.headers).not.toHaveProperty('content-type');
    expect(again.headers).not.toHaveProperty('content-encoding');
  });

  it.each([
    ['*', 304],
    [tag.slice(2), 304],
    [`"a", ${tag},"b"`, 304],
    [`W/"a",${tag}`, 304],
    ['"a"', 200],
    [`${tag.slice(0, -2)}"`, 200],
    [tag.slice(3, -1), 200],
    ['', 200],
  ])('If-None-Match: %s is %i', async (value, status) => {
    const response = await get('/v1/clusters', { 'if-none-match': value });
    expect(response.statusCode).toBe(status);
    expect(response.headers['etag']).toBe(tag);
  });

  it('has the same tag in every compression, and in HEAD', async () => {
    for (const coding of ['br', 'gzip', 'deflate']) {
      const response = await get('/v1/clusters', { 'accept-encoding': coding });
      expect(response.headers['etag']).toBe(tag);
      const known = await get('/v1/clusters', { 'accept-encoding': coding, 'if-none-match': tag });
      expect([known.statusCode, known.body]).toEqual([304, '']);
    }
    const head = { method: 'HEAD', url: '/v1/clusters' } as const;
    const key = { 'x-api-key': world.keys.read };
    const full = await world.app.inject({ ...head, headers: key });
    expect([full.statusCode, full.headers['etag'], full.body]).toEqual([200, tag, '']);
    const known = await world.app.inject({ ...head, headers: { ...key, 'if-none-match': tag } });
    expect([known.statusCode, known.headers['etag'], known.body]).toEqual([304, tag, '']);
  });

  it('has another tag when it says something else', async () => {
    const own = await worldOfTest({ model });
    const before = await get('/v1/clusters', {}, own);
    await publish(own.home, exampleModel({ k: 9, seed: 2 }));
    await own.refresh();
    const etag = String(before.headers['etag']);
    expect((await get('/v1/clusters', { 'if-none-match': etag }, own)).statusCode).toBe(200);
  });

  it('is not tagged when it is a problem, whatever the caller has', async () => {
    const response = await get('/v1/runs/none', { 'if-none-match': '*' });
    expect(response.statusCode).toBe(404);
    expect(response.headers).not.toHaveProperty('etag');
    expect(response.headers['cache-control']).toBe('no-store');
    const refused = await world.app.inject({ url: '/v1/runs', headers: { 'if-none-match': '*' } });
    expect(refused.statusCode).toBe(401);
  });
});

const UNPACK = { br: promisify(brotliDecompress), gzip: promisify(gunzip), deflate: promisify(inflate) };

describe('compression', () => {
  it.each(
    (['br', 'gzip', 'deflate'] as const).flatMap((coding) => [
      ['/v1/clusters', coding] as const,
      ['/v1/clusters/0', coding] as const,
      ['/openapi.json', coding] as const,
    ]),
  )('of %s by %s gives the same bytes', async (url, coding) => {
    const plain = await get(url);
    const packed = await get(url, { 'accept-encoding': coding });
    if (plain.rawPayload.length < 1024) {
      expect(packed.headers).not.toHaveProperty('content-encoding');
      expect(packed.rawPayload).toEqual(plain.rawPayload);
      return;
    }
    expect(packed.headers).toMatchObject({ 'content-encoding': coding, vary: 'accept-encoding' });
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    expect(await UNPACK[coding](packed.rawPayload)).toEqual(plain.rawPayload);
  });

  it('is left where the caller takes none, and vary says so', async () => {
    for (const accepted of ['identity', 'br;q=0, gzip;q=0', 'x-unknown']) {
      const response = await get('/v1/clusters', { 'accept-encoding': accepted });
      expect(response.headers).not.toHaveProperty('content-encoding');
      expect(response.headers['vary']).toBe('accept-encoding');
      expect(response.json()).toHaveProperty('clusters');
    }
  });

  it('keeps what CORS says of the origin', async () => {
    const own = await worldOfTest({ model, security: { corsOrigins: ['https://app.example.com'] } });
    const response = await get(
      '/v1/clusters',
      { origin: 'https://app.example.com', 'accept-encoding': 'br' },
      own,
    );
    expect(response.headers['vary']).toBe('Origin, accept-encoding');
  });

  it('and tags stay away from predictions', async () => {
    const response = await world.app.inject({
      method: 'POST',
      url: '/v1/predict/clusters',
      headers: { 'x-api-key': world.keys.predict, 'accept-encoding': 'br', 'if-none-match': '*' },
      payload: { items: Array.from({ length: 50 }, () => TRACK) },
    });
    expect(response.statusCode).toBe(200);
    expect(response.json<{ predicted: number }>().predicted).toBe(50);
    for (const header of ['etag', 'content-encoding']) expect(response.headers).not.toHaveProperty(header);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['vary'] ?? '').not.toContain('accept-encoding');
  });

  it('never unpacks what a caller sends', async () => {
    const response = await world.app.inject({
      method: 'POST',
      url: '/v1/predict/cluster',
      headers: {
        'x-api-key': world.keys.predict,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      payload: Buffer.from('1f8b08', 'hex'),
    });
    expect(response.json()).toMatchObject({ status: 422, code: 'not_json' });
  });
});
