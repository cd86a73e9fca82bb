import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openTracing } from '#segue/monitoring/tracing.js';
import { createKey } from '#segue/service/key-file.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from '../service/temp.js';
import { publish, TRACK } from '../service/world.js';
import { startCollector } from './collector.js';
import { PROGRAM, start } from './start.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

async function served(env: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const home = await homeOfTest();
  const model = exampleModel();
  await publish(home, model);
  const { key } = await createKey(home, { label: '', scopes: ['predict'] }, new Date());
  const argv = ['serve', '--home', home.root, '--port', '0', '--log-level', 'debug', ...options];
  const program = await start(argv, /^Serving at /, env);
  const [, url] = /^Serving at (\S+)/.exec(program.lines[0]!)!;
  const ask = async (path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${path}`, {
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  return { ...program, home, model, key, ask };
}

it('each request is a span with its route, status and model, part of the caller’s trace', async () => {
  const collector = await startCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_RESOURCE_ATTRIBUTES: 'team=music' };
  const { ask, stop, model, logged } = await served(env);
  await ask('/v1/predict/cluster', TRACK, {
    traceparent: `00-${TRACE}-${PARENT}-01`,
    'x-request-id': 'asked-1',
  });
  await ask('/v1/predict/cluster?mood=sad', {});
  await ask('/v1/predict/clusters', { items: [TRACK, {}] });
  await ask('/v1/tracks/secret-path');
  await ask('/healthz');
  const line = await logged(({ msg, request_id }) => msg === 'request' && request_id === 'asked-1');
  expect(await stop()).toBe(0);

  const [first, ...rest] = collector.spans();
  expect(first).toMatchObject({
    name: 'POST /v1/predict/cluster',
    traceId: TRACE,
    parentSpanId: PARENT,
    kind: 2,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/v1/predict/cluster',
      'http.response.status_code': 200,
      'segue.request_id': 'asked-1',
      'segue.model_version': model.version,
    },
    resource: { 'service.name': 'segue', team: 'music' },
  });
  expect(line).toMatchObject({ trace_id: TRACE, span_id: first!.spanId });
  expect(rest.map(({ name, attributes }) => [name, attributes['http.response.status_code']])).toEqual([
    ['POST /v1/predict/cluster', 422],
    ['POST /v1/predict/clusters', 200],
    ['GET unmatched', 404],
  ]);
  expect(rest.every(({ traceId, parentSpanId }) => traceId !== TRACE && !parentSpanId)).toBe(true);
});

it('no key, feature value or path as sent leaves with a span', async () => {
  const collector = await startCollector();
  const { ask, stop, key } = await served({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  const canary = { ...TRACK, tempo: 123.456789, valence: 0.987654321 };
  await ask('/v1/predict/cluster', canary);
  await ask('/v1/predict/cluster', { ...canary, tempo: -123.456789 });
  await ask(`/v1/${key}`);
  await stop();
  expect(collector.spans()).toHaveLength(3);
  for (const secret of [key, '123.456789', '987654321', 'tempo'])
    expect(collector.sent()).not.toContain(secret);
});

it('a trace that its caller does not sample is not sent', async () => {
  const collector = await startCollector();
  const { ask, stop } = await served({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  await ask('/v1/predict/cluster', TRACK, { traceparent: `00-${TRACE}-${PARENT}-00` });
  await stop();
  expect(collector.spans()).toEqual([]);
});

it('a collector that is down disturbs nothing, and is told once', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_BSP_SCHEDULE_DELAY: '20' };
  const { ask, stop, log, logged } = await served(env);
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => ask('/v1/predict/cluster', TRACK)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  await logged(({ msg }) => msg === 'traces cannot be delivered');
  expect(await stop()).toBe(0);
  expect(log().filter(({ msg }) => msg === 'traces cannot be delivered')).toHaveLength(1);
});

it('each worker tells its own spans', async () => {
  const collector = await startCollector();
  const { ask, stop } = await served({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint }, '--workers', '2');
  for (let i = 0; i < 10; i++) await ask('/v1/predict/cluster', TRACK, { connection: 'close' });
  await stop();
  const instances = new Set(collector.spans().map(({ resource }) => resource['service.instance.id']));
  expect(collector.spans()).toHaveLength(10);
  expect(instances.size).toBe(2);
});

it('a run is a span with one for each of its tasks', async () => {
  const collector = await startCollector();
  const { root } = await homeOfTest();
  const source = join(root, 'catalogue.csv');
  const run = async (...argv: readonly string[]) =>
    promisify(execFile)(process.execPath, [PROGRAM, ...argv], {
      env: {
        ...process.env,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
        TRACEPARENT: `00-${TRACE}-${PARENT}-01`,
      },
    });
  await run('generate', '--tracks', '600', '--seed', '3', '--out', source);
  await run('run', '--home', root, '--source', source, '--k', '3', '--starts', '2');
  await expect(
    run('run', '--home', root, '--source', source, '--k', '3', '--starts', '2', '--min-silhouette', '0.9'),
  ).rejects.toMatchObject({ code: 3 });
  const spans = collector.spans();
  expect(
    spans
      .filter(({ name }) => name === 'segue run')
      .map(({ traceId, parentSpanId }) => [traceId, parentSpanId]),
  ).toEqual([
    [TRACE, PARENT],
    [TRACE, PARENT],
  ]);
  const outcomes = spans
    .filter(({ name }) => name.startsWith('T'))
    .map(({ name, attributes }) => `${name.slice(0, 2)} ${String(attributes['segue.outcome'])}`);
  expect(outcomes).toEqual([
    'T1 done',
    'T2 done',
    'T3 done',
    'T4 done',
    'T1 done',
    'T2 done',
    'T3 refused',
    'T5 done',
  ]);
});

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is not a URL'],
  [
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://a:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    'Traces are sent by OTLP as JSON only',
  ],
])('%j is refused', async (env, what) => {
  await expect(openTracing(env, () => {})).rejects.toThrow(what);
});

it.each([
  {},
  { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:4318', OTEL_SDK_DISABLED: 'true' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:4318', OTEL_TRACES_EXPORTER: 'none' },
])('%j means no traces', async (env) => {
  expect(await openTracing(env, () => {})).toBeUndefined();
});
