import { appendFile, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { promote } from '#segue/models/registry.js';
import { writeAsEarlierRelease } from '../models/earlier-release.js';
import { exampleModel } from '../models/example.js';
import { NOW } from './temp.js';
import { openWorld, publish, SOME_TEXT, TRACK, textWith, type World, worldOfTest } from './world.js';

const read = (world: World) => ({ headers: { 'x-api-key': world.keys.read } });

async function figures({ app }: World): Promise<string> {
  await new Promise(setImmediate); // an answer is counted when Node closes it
  return (await app.inject('/metrics')).body;
}

function predict({ app, keys }: World, payload: object = TRACK) {
  return app.inject({
    method: 'POST',
    url: '/v1/predict/cluster',
    headers: { 'x-api-key': keys.predict },
    payload,
  });
}

describe('without a model', () => {
  it('lives, is not ready, and says what is missing', async () => {
    const { app, home, refresh } = await worldOfTest({ model: null });
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    const response = await app.inject('/readyz');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'not_ready', missing: ['model'] });
    await writeFile(home.keys, '');
    await refresh();
    expect((await app.inject('/readyz')).json()).toMatchObject({ missing: ['model', 'api_key'] });
  });

  it.each(['/v1/clusters', '/v1/clusters/0'])('%s is 500 with a stable code', async (url) => {
    const world = await worldOfTest({ model: null });
    const response = await world.app.inject({ url, ...read(world) });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: 'no_model' });
    expect(response.headers).not.toHaveProperty('x-model-version');
  });

  it('a prediction is 500, logged; with a model it is answered, without a restart', async () => {
    const world = await worldOfTest({ model: null });
    expect((await predict(world)).json()).toMatchObject({ status: 500, code: 'no_model' });
    expect(world.log()).toContain('"code":"no_model"');
    await publish(world.home, exampleModel());
    await world.refresh();
    expect((await predict(world)).statusCode).toBe(200);
  });
});

describe('a segment', () => {
  it('is found by its number and by its permanent id', async () => {
    const model = exampleModel();
    const world = await worldOfTest({ model });
    const get = async (id: string): Promise<unknown> =>
      (await world.app.inject({ url: `/v1/clusters/${id}`, ...read(world) })).json();
    for (const { cluster_id, segment_id } of model.segments) {
      const byNumber = await get(String(cluster_id));
      expect(byNumber).toMatchObject({ cluster: { cluster_id, segment_id } });
      expect(await get(segment_id)).toEqual(byNumber);
    }
    expect(await get('seg_aaaaaaaaaa')).toMatchObject({ code: 'cluster_not_found' });
  });
});

describe('a fault inside', () => {
  it('is 500 and logged, and the answer has neither a stack nor a path of the machine', async () => {
    const world = await worldOfTest();
    await appendFile(world.home.ledger, 'not a ledger\n');
    const response = await world.app.inject({ url: '/v1/models', ...read(world) });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain(world.home.root);
    const { request_id, ...problem } = response.json<Record<string, unknown>>();
    expect(problem).toEqual({
      type: '/problems/internal_error',
      title: 'A fault of the service',
      status: 500,
      detail: textWith('it is in the log under the request id'),
      code: 'internal_error',
      instance: '/v1/models',
    });
    const line = world
      .log()
      .split('\n')
      .find((text) => text.includes(String(request_id)) && text.includes('SEGUE_LEDGER_CORRUPT'));
    expect(line).toContain(world.home.ledger);
  });
});

describe('paths', async () => {
  const world = await openWorld();
  afterAll(world.close);

  it.each([
    ['POST', '/v1/clusters', 'GET, HEAD'],
    ['GET', '/v1/predict/cluster', 'POST'],
    ['PUT', '/v1/clusters/3', 'GET, HEAD'],
    ['DELETE', '/', 'GET, HEAD'],
    ['OPTIONS', '/openapi.json?x=1', 'GET, HEAD'],
  ] as const)('%s %s is 405 and allows %s', async (method, url, allow) => {
    const response = await world.app.inject({ method, url, payload: '{' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
    expect(response.json()).toMatchObject({ code: 'method_not_allowed', instance: url.split('?')[0] });
  });

  it.each([
    ['/v1', 'route_not_found', 404],
    ['/v1/drifts', 'route_not_found', 404],
    ['/v1/clusters/', 'cluster_not_found', 404],
    ['/V1/clusters', 'route_not_found', 404],
    ['/v1/clusters/4', 'cluster_not_found', 404],
    ['/v1/clusters/00', 'cluster_not_found', 404],
    ['/v1/clusters/-1', 'cluster_not_found', 404],
    ['/v1/clusters/__proto__', 'cluster_not_found', 404],
    ['/v1/models/m-000000000000', 'model_not_found', 404],
    ['/v1/models/..%2f..%2fkeys.json', 'model_not_found', 404],
    ['/problems/toString', 'problem_not_found', 404],
    ['/v1/clusters/%zz', 'malformed_request', 400],
  ])('%s is %s', async (url, code, status) => {
    const response = await world.app.inject({ url, ...read(world) });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code, status });
    expect(response.headers['x-model-version']).toBeDefined();
    expect(world.log()).toContain(String(response.headers['x-request-id']));
  });

  it('a request id of the caller is taken when it is short and harmless', async () => {
    const { app } = world;
    const idFor = async (id: string) =>
      (await app.inject({ url: '/healthz', headers: { 'x-request-id': id } })).headers['x-request-id'];
    expect(await idFor('job_7.a-B')).toBe('job_7.a-B');
    for (const id of ['', 'a b', '<script>', 'x'.repeat(65), 'a,b'])
      expect(await idFor(id)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('readiness and figures', () => {
  it('say that the only model is refused', async () => {
    const { app, home, refresh } = await worldOfTest({ model: null });
    const model = exampleModel();
    await publish(home, model);
    await appendFile(home.model(model.version).profile, ' ');
    await refresh();
    expect((await app.inject('/readyz')).json()).toMatchObject({
      code: 'not_ready',
      missing: ['model'],
      detail: `Missing: model. ${model.version} cannot be used: SEGUE_MODEL_CORRUPT.`,
    });
  });

  it('say that the model is of an earlier release', async () => {
    const { app, home, refresh, log } = await worldOfTest({ model: null });
    const model = exampleModel();
    await publish(home, model);
    await writeAsEarlierRelease(home, model.version);
    await refresh();
    expect((await app.inject('/readyz')).json()).toMatchObject({
      code: 'not_ready',
      missing: ['model'],
      detail: `Missing: model. ${model.version} cannot be used: SEGUE_MODEL_FORMAT.`,
    });
    expect(log()).toContain('has the format of another release of Segue; value: segue-model/1');
    expect(log()).toContain('Train again: segue run');
  });

  it('show a refused version while the old one goes on serving, until it is mended', async () => {
    const model = exampleModel();
    const world = await worldOfTest({ model });
    const next = exampleModel({ seed: 2 });
    await publish(world.home, next);
    await appendFile(world.home.model(next.version).model, ' ');
    await world.refresh();
    await world.refresh();

    const refused = { version: next.version, code: 'SEGUE_MODEL_CORRUPT', title: SOME_TEXT };
    const readiness = await world.app.inject('/readyz');
    expect(readiness.json()).toEqual({
      status: 'ready',
      model_version: model.version,
      refused,
      catalogue: 'none',
    });
    expect(readiness.body).not.toContain(world.home.root);
    expect((await predict(world)).json()).toMatchObject({ model_version: model.version });
    expect(await figures(world)).toMatch(/^segue_model_refused 1$/m);
    expect(await figures(world)).toMatch(/^segue_model_refusals_total 1$/m);
    expect(world.log().match(/model refused/g)).toHaveLength(1);

    await promote(world.home, model.version, { run: null, actor: 'ana', now: () => NOW });
    await world.refresh();
    expect((await world.app.inject('/readyz')).json()).toMatchObject({ refused: null });
    expect(await figures(world)).toMatch(/^segue_model_refused 0$/m);
  });

  it('show a ledger that cannot be read', async () => {
    const world = await worldOfTest();
    await appendFile(world.home.ledger, 'not a ledger\n');
    await world.refresh();
    expect((await world.app.inject('/readyz')).json()).toMatchObject({
      status: 'ready',
      refused: { version: null, code: 'SEGUE_LEDGER_CORRUPT' },
    });
    expect((await predict(world)).statusCode).toBe(200);
  });

  it('refuse a model that asks other features of a request', async () => {
    const world = await worldOfTest();
    await publish(world.home, exampleModel({ d: 3 }));
    await world.refresh();
    expect((await world.app.inject('/readyz')).json()).toMatchObject({
      refused: { code: 'SEGUE_CONTRACT_DIFFERS' },
    });
    expect((await predict(world)).statusCode).toBe(200);
  });

  it('a model of other features, there from the start, decides what is asked', async () => {
    const world = await worldOfTest({ model: exampleModel({ d: 2 }) });
    expect((await predict(world)).json()).toMatchObject({ code: 'invalid_request' });
    expect((await predict(world, { feature_0: 1, feature_1: 0.5 })).statusCode).toBe(200);
  });

  it('count requests by route and status, predictions by segment, and name the model', async () => {
    const model = exampleModel();
    const world = await worldOfTest({ model });
    const { cluster_id } = (await predict(world)).json<{ cluster_id: number }>();
    await predict(world, { ...TRACK, tempo: 1 });
    const items = [TRACK, TRACK, 1];
    await world.app.inject({
      method: 'POST',
      url: '/v1/predict/clusters',
      headers: { 'x-api-key': world.keys.predict },
      payload: { items },
    });
    await world.app.inject('/some/path/of/a/scanner');
    await world.app.inject('/v1/clusters/3');
    const text = await figures(world);
    const lines = new Set(text.split('\n'));
    const version = model.version;
    for (const line of [
      'segue_http_requests_total{method="POST",route="/v1/predict/cluster",status="200"} 1',
      'segue_http_requests_total{method="POST",route="/v1/predict/cluster",status="422"} 1',
      'segue_http_requests_total{method="GET",route="unmatched",status="404"} 1',
      'segue_http_requests_total{method="GET",route="/v1/clusters/{cluster_id}",status="401"} 1',
      'segue_http_request_duration_seconds_count{method="POST",route="/v1/predict/cluster"} 2',
      'segue_http_requests_in_flight 1', // the one that asks
      `segue_predictions_total{version="${version}",cluster_id="${cluster_id}"} 3`,
      `segue_model_info{version="${version}"} 1`,
      `segue_model_promoted_timestamp_seconds ${NOW.getTime() / 1000}`,
      'segue_model_age_seconds 0',
    ]) {
      expect(lines).toContain(line);
    }
    for (const le of ['0.001', '0.005', '0.01', '0.025', '0.05']) expect(text).toContain(`le="${le}"`);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_resident_memory_bytes');
  });
});

it('the log holds neither keys nor feature values', async () => {
  const world = await worldOfTest();
  const odd = { ...TRACK, valence: 0.987654321, tempo: 123.456789 };
  await predict(world, odd);
  await predict(world, { ...odd, tempo: -987.123 });
  await predict(world, { ...odd, danceability: 'secret-text' });
  const post = { method: 'POST', url: '/v1/predict/cluster?tempo=333.777' } as const;
  await world.app.inject({
    ...post,
    headers: { 'x-api-key': world.keys.predict },
    payload: '{"tempo":333.777',
  });
  await world.app.inject({ ...post, headers: { 'x-api-key': `${world.keys.read}x` }, payload: odd });
  await world.app.inject({ url: `/v1/clusters?key=${world.keys.read}` });
  const log = world.log();
  expect(log.split('\n').filter((line) => line.includes('"msg":"request"'))).toHaveLength(6);
  const secrets = Object.values(world.keys).map((key) => key.split('_').slice(2).join('_'));
  const values = ['0.987654321', '123.456789', '987.123', 'secret-text', '333.777'];
  for (const text of [...secrets, ...values]) expect(log).not.toContain(text);
});

describe('the pages', () => {
  it('of the documentation need nothing from elsewhere', async () => {
    const { app } = await worldOfTest();
    const page = await app.inject('/docs');
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      expect(file).toMatch(/^\/docs\/static\//);
      expect((await app.inject(file)).statusCode).toBe(200);
    }
    expect((await app.inject('/docs/json')).json()).toEqual((await app.inject('/openapi.json')).json());
    expect((await app.inject('/docs/static/swagger-initializer.js')).body).toContain('validatorUrl: null');
  });
});
