import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleModel } from '../models/example.js';
import { randomTracks } from '../playlists/tracks.js';
import {
  callExample,
  documentOf,
  type ListedOperation,
  openWorld,
  operationsOf,
  RUN,
  SOME_TEXT,
  TRACK,
  writeDecision,
  writeRun,
} from './world.js';

const model = exampleModel();
let minute = 0;
const world = await openWorld({
  ticks: () => (minute += 60_000), // so that a request without a key is not one too many
  begins: true,
  earlier: exampleModel({ seed: 9 }),
  model,
  tracks: randomTracks({ tracks: 300, artists: 50, seed: 1 }),
});
await writeRun(world.home, RUN);
await writeDecision(world.home, RUN, model.version);
afterAll(world.close);

const document = await documentOf(world.app);
const operations = operationsOf(document);
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(closed(document) as object, 'openapi');

/** Objects with listed members hold nothing else: an undocumented member fails. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  return copy['type'] === 'object' && 'properties' in copy ? { additionalProperties: false, ...copy } : copy;
}

function errorsOf(value: unknown, ...path: string[]): unknown {
  const pointer = path
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
  return validate(value) ? [] : validate.errors;
}

function responseSchema({ path, method }: ListedOperation, status: string, media: string): string[] {
  return ['paths', path, method.toLowerCase(), 'responses', status, 'content', media, 'schema'];
}

const named = operations.map((operation) => [operation.operationId, operation] as const);

describe('the OpenAPI document', () => {
  it('is 3.1 and lists the operations of the contract', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/predict/cluster',
      'POST /v1/predict/clusters',
      'POST /v1/playlists',
      'POST /v1/profiles',
      'GET /v1/clusters',
      'GET /v1/clusters/{cluster_id}',
      'PUT /v1/segments/{segment_id}/name',
      'DELETE /v1/segments/{segment_id}/name',
      'GET /v1/composition',
      'GET /v1/map',
      'GET /v1/map/{version}',
      'GET /v1/tracks',
      'POST /v1/tracks',
      'GET /v1/models',
      'GET /v1/models/{version}',
      'POST /v1/models/{version}/promotion',
      'POST /v1/rollback',
      'GET /v1/history',
      'GET /v1/runs/{run}/decision',
      'GET /v1/drift',
      'GET /v1/runs',
      'POST /v1/runs',
      'GET /v1/runs/{run}',
      'GET /v1/log-level',
      'PUT /v1/log-level',
      'POST /v1/session',
      'GET /v1/session',
      'DELETE /v1/session',
      'GET /healthz',
      'GET /readyz',
      'GET /metrics',
      'GET /problems/{code}',
    ]);
  });

  it('is committed as it is answered (else: npm run openapi)', async () => {
    const committed = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(committed).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('gives every operation an id of its own', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('resolves every reference', () => {
    for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      let node: unknown = document;
      for (const part of pointer!.split('/')) node = (node as Record<string, unknown>)[part];
      expect(node).toBeDefined();
    }
  });

  it.each(named)('%s: has examples of its request and of every answer', (_id, { requestBody, responses }) => {
    const contents = [requestBody, ...Object.values(responses)].map((message) => message?.content ?? {});
    for (const { examples } of contents.flatMap((content) => Object.values(content)))
      expect(Object.keys(examples ?? {})).not.toEqual([]);
  });

  it('documents 304 where an answer has an ETag, which is on data', () => {
    const tagged = operations.filter(({ responses }) => '304' in responses);
    expect(tagged.map(({ path }) => path)).toEqual(
      operations
        .filter(({ method, scope }) => method === 'GET' && scope !== undefined)
        .map(({ path }) => path),
    );
    for (const { parameters, responses } of tagged) {
      expect(parameters).toContainEqual(expect.objectContaining({ name: 'If-None-Match', in: 'header' }));
      expect(responses['304']).not.toHaveProperty('content');
    }
  });

  it.each(named)('%s: examples of answers and problems fit their schemas', (_id, operation) => {
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const [media, { examples = {} }] of Object.entries(content)) {
        for (const [name, { value, $ref }] of Object.entries(examples)) {
          const example = $ref === undefined ? value : document.components.examples[name]?.value;
          expect(errorsOf(example, ...responseSchema(operation, status, media))).toEqual([]);
        }
      }
    }
  });

  it.each(named)('%s: the example of its request is answered as documented', async (_id, operation) => {
    const key = operation.scope && world.keys[operation.scope];
    const response = await callExample(world, operation, key, {
      version: model.version,
      run: RUN,
      segment_id: model.segments[0]!.segment_id,
    });
    const status = Object.keys(operation.responses)[0]!;
    expect(status).toMatch(/^20[02]$/);
    expect(String(response.statusCode)).toBe(status);
    const [media] = Object.keys(operation.responses[status]!.content!) as [string];
    expect(String(response.headers['content-type']).split(';')[0]).toBe(media.split(';')[0]);
    const value = media === 'application/json' ? response.json<unknown>() : response.body;
    expect(errorsOf(value, ...responseSchema(operation, status, media))).toEqual([]);
    expect(response.headers['x-model-version']).toBe(model.version);
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    if (operation.operationId !== 'rollBack') return;
    const back = { headers: { 'x-api-key': key! }, payload: {} };
    await world.app.inject({ method: 'POST', url: `/v1/models/${model.version}/promotion`, ...back });
  });

  it.each(named.filter(([, { scope }]) => scope !== undefined))(
    '%s: without a key, the problem is the documented one',
    async (_id, operation) => {
      const response = await callExample(world, operation, undefined);
      expect(response.statusCode).toBe(401);
      expect(response.headers['content-type']).toBe('application/problem+json');
      const schema = responseSchema(operation, '401', 'application/problem+json');
      expect(errorsOf(response.json(), ...schema)).toEqual([]);
    },
  );

  it('shows contributions that add up to the difference of the distances', () => {
    const predict = operations.find(({ operationId }) => operationId === 'predictCluster')!;
    const { example } = predict.responses['200']!.content!['application/json']!.examples!;
    const { contributions, distance, runner_up, margin } = example!.value as {
      contributions: { contribution: number }[];
      distance: number;
      runner_up: { distance: number };
      margin: number;
    };
    const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBe(runner_up.distance - distance);
    expect(margin).toBe(1 - distance / runner_up.distance);
  });

  it('describes a track as the feature contract does', () => {
    const predict = operations.find(({ operationId }) => operationId === 'predictCluster')!;
    const schema = predict.requestBody?.content['application/json']?.schema;
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: Object.keys(TRACK),
      properties: {
        instrumentalness: { type: 'number', minimum: 0, description: SOME_TEXT, examples: [0.0004] },
        speechiness: { type: 'number', minimum: 0 },
        danceability: { type: 'number', minimum: 0, maximum: 1 },
        valence: { type: 'number', minimum: 0, maximum: 1 },
        tempo: { type: 'number', exclusiveMinimum: 40, 'x-unit': 'BPM' },
      },
    });
  });
});
