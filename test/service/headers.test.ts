import { afterAll, describe, expect, it } from 'vitest';
import { callExample, documentOf, openWorld, operationsOf, TRACK, worldOfTest } from './world.js';

const world = await openWorld();
afterAll(world.close);

const operations = operationsOf(await documentOf(world.app));

const GUARDS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};
const ORIGIN = 'https://app.example.com';
const PREFLIGHT = {
  origin: ORIGIN,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-api-key',
};

describe('every answer', () => {
  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'of %s is guarded',
    async (_id, operation) => {
      expect((await callExample(world, operation, world.keys.admin)).headers).toMatchObject(GUARDS);
    },
  );

  it.each([
    ['a refusal', 'POST', '/v1/predict/cluster', 401],
    ['an unknown path', 'GET', '/nowhere', 404],
    ['another method', 'DELETE', '/v1/models', 405],
    ['a path that cannot be read', 'GET', '/v1/clusters/%zz', 400],
  ] as const)('%s is guarded and kept by no cache', async (_what, method, url, status) => {
    const { statusCode, headers } = await world.app.inject({ method, url });
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ ...GUARDS, 'cache-control': 'no-store' });
  });

  it('is kept by no cache where it was made for one caller', async () => {
    const headers = { 'x-api-key': world.keys.predict };
    const options = { method: 'POST', url: '/v1/predict/cluster', headers, payload: TRACK } as const;
    expect((await world.app.inject(options)).headers['cache-control']).toBe('no-store');
  });

  it('asks for TLS only where TLS is in front', async () => {
    const behind = await worldOfTest({ security: { tls: true } });
    const name = 'strict-transport-security';
    expect((await behind.app.inject('/healthz')).headers[name]).toBe('max-age=31536000');
    expect((await world.app.inject('/healthz')).headers[name]).toBeUndefined();
  });
});

it('the pages at /docs may load from this server and from nowhere else', async () => {
  for (const url of ['/docs', '/docs/static/swagger-ui-bundle.js']) {
    const policy = (await world.app.inject(url)).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
  }
});

describe('pages of other origins', () => {
  it('get nothing unless told: no CORS header, and a preflight is a method that is not allowed', async () => {
    const { headers } = await world.app.inject({ url: '/healthz', headers: { origin: ORIGIN } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = { method: 'OPTIONS', url: '/v1/predict/cluster', headers: PREFLIGHT } as const;
    expect((await world.app.inject(preflight)).statusCode).toBe(405);
  });

  it('of a named origin may call, read the headers, and read why they were refused', async () => {
    const { app, keys } = await worldOfTest({ security: { corsOrigins: [ORIGIN] } });
    const url = '/v1/predict/cluster';
    const preflight = await app.inject({ method: 'OPTIONS', url, headers: PREFLIGHT });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(String(preflight.headers['access-control-allow-headers']).toLowerCase()).toMatch(
      /content-type.*x-api-key/,
    );
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();

    const ask = (key: string) =>
      app.inject({
        method: 'POST',
        url,
        headers: { origin: ORIGIN, 'x-api-key': key },
        payload: TRACK,
      });
    for (const [key, status] of [
      [keys.predict, 200],
      ['wrong', 401],
    ] as const) {
      const { statusCode, headers } = await ask(key);
      expect(statusCode).toBe(status);
      expect(headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(headers['access-control-expose-headers']).toContain('X-Model-Version');
    }
  });

  it('of another origin may not', async () => {
    const { app } = await worldOfTest({ security: { corsOrigins: [ORIGIN] } });
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await app.inject({
        method,
        url: '/healthz',
        headers: { ...PREFLIGHT, origin: 'https://evil.example' },
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('of all origins may, where told so', async () => {
    const { app } = await worldOfTest({ security: { corsOrigins: ['*'] } });
    const { headers } = await app.inject({ url: '/healthz', headers: { origin: 'https://any.example' } });
    expect(headers['access-control-allow-origin']).toBe('*');
  });
});

describe('X-Forwarded-For', () => {
  const flood = async (trustedProxies: readonly string[] | undefined): Promise<number> => {
    const { app } = await worldOfTest({ security: trustedProxies === undefined ? {} : { trustedProxies } });
    let last = 0;
    for (let i = 0; i < 21; i += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${i}` };
      last = (await app.inject({ url: '/v1/models', headers, remoteAddress: '10.0.0.1' })).statusCode;
    }
    return last;
  };

  it('says who calls where the proxy is trusted, and nothing where it is not', async () => {
    expect(await flood(['10.0.0.0/8'])).toBe(401);
    expect(await flood(['192.0.2.1'])).toBe(429);
    expect(await flood(undefined)).toBe(429);
  });
});
