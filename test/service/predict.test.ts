import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '#segue/core/random.js';
import { exampleModel } from '../models/example.js';
import {
  documentOf,
  expectedPrediction,
  openWorld,
  operationsOf,
  SOME_NUMBER,
  TRACK,
  textWith,
} from './world.js';

interface Bounds {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

interface Problem {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly request_id: string;
  readonly errors: readonly {
    field: string;
    pointer: string;
    rule: string;
    limit: unknown;
    value?: unknown;
  }[];
}

/** The members of an answer that have a runner-up. */
interface Answer {
  readonly distance: number;
  readonly unassigned: boolean;
  readonly runner_up: { readonly distance: number };
  readonly contributions: readonly { readonly feature: string; readonly contribution: number }[];
  readonly out_of_catalogue: readonly { readonly feature: string; limit: number; side: string }[];
}

const model = exampleModel();
const world = await openWorld({ model });
afterAll(world.close);

const predict = operationsOf(await documentOf(world.app)).find(
  ({ operationId }) => operationId === 'predictCluster',
)!;
const schema = predict.requestBody?.content['application/json']?.schema as {
  properties: Record<string, Bounds>;
};

function ask(
  payload: string | Buffer | object,
  headers: Record<string, string> = {},
  url = '/v1/predict/cluster',
) {
  return world.app.inject({
    method: 'POST',
    url,
    headers: { 'x-api-key': world.keys.predict, 'content-type': 'application/json', ...headers },
    payload,
  });
}

/** The next double above or below. */
function next(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0]! += BigInt(value > 0 ? direction : -direction);
  return new Float64Array(bits.buffer)[0]!;
}

describe('one track', () => {
  it('gets the segment, distance, margin and explanation that the model gives', async () => {
    const response = await ask(TRACK);
    expect(response.statusCode).toBe(200);
    const answer = response.json<Answer>();
    expect(answer).toEqual({
      model_version: model.version,
      ...expectedPrediction(model, Object.values(TRACK)),
    });
    expect(answer.contributions.map(({ feature }) => feature)).toEqual(Object.keys(TRACK));
  });

  it('has contributions that add up exactly once they have been read from JSON', async () => {
    const random = seededRandom(3);
    for (let i = 0; i < 300; i += 1) {
      const track = {
        instrumentalness: 10 ** (300 * random.next() - 150),
        speechiness: random.next(),
        danceability: random.next(),
        valence: random.next(),
        tempo: 41 + 200 * random.next(),
      };
      const { contributions, runner_up, distance } = (await ask(track)).json<Answer>();
      const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBe(runner_up.distance - distance);
    }
  });

  it('that is far from everything is unassigned, and says which features are out of the catalogue', async () => {
    const { mean, sd } = model.scaler;
    const [first] = Object.keys(TRACK) as [string];
    const high = Object.fromEntries(Object.keys(TRACK).map((name) => [name, TRACK[name]!]));
    high[first] = Math.max(0, mean[0]!) + 50 * sd[0]!;
    const answer = (await ask(high)).json<Answer>();
    expect(answer.unassigned).toBe(true);
    expect(answer.out_of_catalogue).toContainEqual({
      feature: first,
      limit: model.reference[0]!.max,
      side: 'above',
    });
  });

  it('gets the segment only where no more is asked for', async () => {
    const { cluster_id } = expectedPrediction(model, Object.values(TRACK));
    const lean = await ask(TRACK, {}, '/v1/predict/cluster?detail=lean');
    expect(lean.json()).toEqual({ cluster_id, model_version: model.version });
    const full = await ask(TRACK, {}, '/v1/predict/cluster?detail=full');
    expect(full.json()).toEqual((await ask(TRACK)).json());
    const neither = await ask(TRACK, {}, '/v1/predict/cluster?detail=some');
    expect(neither.statusCode).toBe(422);
    expect(neither.json<Problem>().errors).toMatchObject([
      { field: 'detail', pointer: '?detail', rule: 'enum', limit: 'full, lean' },
    ]);
  });

  it('has no runner-up where there is one segment', async () => {
    const lone = await openWorld({ model: exampleModel({ k: 1 }) });
    const response = await lone.app.inject({
      method: 'POST',
      url: '/v1/predict/cluster',
      headers: { 'x-api-key': lone.keys.predict },
      payload: TRACK,
    });
    expect(response.json()).toMatchObject({
      cluster_id: 0,
      runner_up: null,
      margin: 1,
      contributions: null,
    });
    await lone.close();
  });

  it.each([1e308, Number.MAX_VALUE, -0, 1e-320, Number.MIN_VALUE])(
    '%s is answered with finite numbers',
    async (value) => {
      const response = await ask(
        JSON.stringify({ ...TRACK, instrumentalness: value }).replace(
          ':0,',
          Object.is(value, -0) ? ':-0,' : ':0,',
        ),
      );
      expect(response.statusCode).toBe(200);
      expect(response.json()).toMatchObject({ distance: SOME_NUMBER, margin: SOME_NUMBER });
    },
  );
});

describe('bounds', () => {
  const broken = Object.entries(schema.properties).flatMap(
    ([field, { minimum, exclusiveMinimum, maximum }]) => [
      ...(minimum === undefined ? [] : [[field, 'minimum', minimum, next(minimum, -1)] as const]),
      ...(exclusiveMinimum === undefined
        ? []
        : [[field, 'exclusiveMinimum', exclusiveMinimum, exclusiveMinimum] as const]),
      ...(maximum === undefined ? [] : [[field, 'maximum', maximum, next(maximum, 1)] as const]),
    ],
  );

  it('are documented for each feature', () => {
    expect(broken).toHaveLength(7);
  });

  it.each(broken)('%s breaks %s %d by %d', async (field, rule, limit, value) => {
    const response = await ask({ ...TRACK, [field]: value });
    expect(response.statusCode).toBe(422);
    const problem = response.json<Problem>();
    expect(problem).toMatchObject({
      code: 'invalid_request',
      status: 422,
      type: '/problems/invalid_request',
    });
    expect(problem.errors).toMatchObject([{ field, pointer: `#/${field}`, rule, limit, value }]);
  });

  it.each(broken)('%s keeps %s %d at its edge', async (field, rule, limit) => {
    const edge = rule === 'exclusiveMinimum' ? next(limit, 1) : limit;
    expect((await ask({ ...TRACK, [field]: edge })).statusCode).toBe(200);
  });
});

describe('a body that breaks rules', () => {
  it('has all of them named, not the first only', async () => {
    const response = await ask({
      instrumentalness: -1,
      speechiness: '0.5',
      danceability: 2,
      valence: null,
      mood: 1,
      'a/b~c': {},
    });
    const { errors } = response.json<Problem>();
    expect(
      errors.map(({ field, pointer, rule, limit, value }) => [field, pointer, rule, limit, value]),
    ).toEqual([
      ['instrumentalness', '#/instrumentalness', 'minimum', 0, -1],
      ['speechiness', '#/speechiness', 'type', 'number', '0.5'],
      ['danceability', '#/danceability', 'maximum', 1, 2],
      ['valence', '#/valence', 'type', 'number', null],
      ['tempo', '#/tempo', 'required', 'number > 40', undefined],
      ['mood', '#/mood', 'additionalProperties', Object.keys(TRACK).join(', '), 1],
      ['a/b~c', '#/a~1b~0c', 'additionalProperties', Object.keys(TRACK).join(', '), undefined],
    ]);
  });

  it.each(Object.keys(TRACK))('lacks %s', async (field) => {
    const { [field]: _left, ...rest } = TRACK;
    const problem = (await ask(rest)).json<Problem>();
    expect(problem.errors).toMatchObject([{ field, rule: 'required' }]);
  });

  it.each(['"0.5"', 'true', 'null', '[]', '{}', '1e999', '-1e999'])('has %s for a number', async (text) => {
    const body = JSON.stringify(TRACK).replace(/"valence":[^,]+/, `"valence":${text}`);
    const response = await ask(body);
    expect(response.statusCode).toBe(422);
    expect(response.json<Problem>().errors).toMatchObject([
      { field: 'valence', rule: 'type', limit: 'number' },
    ]);
  });

  it.each(['[]', 'null', '3', '"tempo"', `[${JSON.stringify(TRACK)}]`])('is %s', async (body) => {
    const response = await ask(body);
    expect(response.statusCode).toBe(422);
    expect(response.json<Problem>().errors).toMatchObject([
      { field: 'body', pointer: '#', rule: 'type', limit: 'object' },
    ]);
  });

  it('names prototype members as unknown fields', async () => {
    const body = JSON.stringify(TRACK).replace('{', '{"__proto__":{"tempo":1},"constructor":1,');
    expect((await ask(body)).json<Problem>().errors).toMatchObject([
      { field: '__proto__', rule: 'additionalProperties' },
      { field: 'constructor', rule: 'additionalProperties' },
    ]);
  });

  it('is answered shortly however much is wrong', async () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`unknown_${i}`, 'x'.repeat(3)]));
    const response = await ask(many);
    expect(response.statusCode).toBe(422);
    expect(response.json<Problem>().errors).toHaveLength(100);
  });
});

describe('a body that is not JSON', () => {
  const JSON_RULE = { field: 'body', rule: 'json', limit: 'RFC 8259' };

  it.each(['{', '{"tempo": NaN}', "{'tempo': 1}", '{"tempo": 1,}', 'tempo=121', '\u{feff}{}', ' '])(
    '%j',
    async (body) => {
      const response = await ask(body);
      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ code: 'not_json', errors: [JSON_RULE] });
    },
  );

  it('is empty', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const response = await world.app.inject({
        method: 'POST',
        url: '/v1/predict/cluster',
        headers: { 'x-api-key': world.keys.predict, ...headers },
      });
      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({
        code: 'not_json',
        errors: [{ field: 'body', rule: 'required' }],
      });
    }
  });

  it('is not UTF-8', async () => {
    const response = await ask(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'not_json',
      errors: [{ rule: 'encoding', limit: 'UTF-8' }],
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'x'])(
    'is %s',
    async (type) => {
      const response = await ask(JSON.stringify(TRACK), { 'content-type': type });
      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({
        code: 'not_json',
        errors: [{ field: 'body', rule: 'content_type', limit: 'application/json' }],
      });
    },
  );

  it('may say its charset', async () => {
    const response = await ask(JSON.stringify(TRACK), { 'content-type': 'application/json; charset=utf-8' });
    expect(response.statusCode).toBe(200);
  });
});

it('a body over the limit is 413', async () => {
  const response = await ask(' '.repeat(16 * 1024 + 1));
  expect(response.statusCode).toBe(413);
  expect(response.json()).toMatchObject({ code: 'body_too_large', detail: textWith('16384') });
});

function batch(payload: string | object) {
  return ask(payload, {}, '/v1/predict/clusters');
}

describe('a batch', () => {
  it('answers good items and bad ones, each in its place', async () => {
    const response = await batch({ items: [TRACK, 3, { ...TRACK, tempo: 40 }, TRACK] });
    expect(response.statusCode).toBe(200);
    const one = (await ask(TRACK)).json<Record<string, unknown>>();
    const { model_version, ...prediction } = one;
    expect(response.json()).toMatchObject({
      model_version,
      predicted: 2,
      refused: 2,
      results: [
        { prediction },
        { problem: { status: 422, code: 'invalid_request', errors: [{ field: 'body', rule: 'type' }] } },
        {
          problem: {
            code: 'invalid_request',
            errors: [{ field: 'tempo', rule: 'exclusiveMinimum', limit: 40 }],
          },
        },
        { prediction },
      ],
    });
  });

  it('may be lean', async () => {
    const items = [TRACK, { ...TRACK, tempo: 40 }];
    const response = await ask({ items }, {}, '/v1/predict/clusters?detail=lean');
    const { cluster_id } = expectedPrediction(model, Object.values(TRACK));
    expect(response.json()).toMatchObject({
      predicted: 1,
      refused: 1,
      results: [{ prediction: { cluster_id } }, { problem: { code: 'invalid_request' } }],
    });
    const { results } = response.json<{ results: { prediction?: object }[] }>();
    expect(results[0]!.prediction).toEqual({ cluster_id });
    expect((await ask({ items }, {}, '/v1/predict/clusters?detail=x')).statusCode).toBe(422);
  });

  it('may be empty', async () => {
    expect((await batch({ items: [] })).json()).toMatchObject({ predicted: 0, refused: 0, results: [] });
  });

  it('holds up to 100,000 items', async () => {
    const items = Array.from({ length: 100_000 }, () => TRACK);
    expect((await batch({ items })).json()).toMatchObject({ predicted: 100_000 });
    const more = await batch({ items: [...items, TRACK] });
    expect(more.statusCode).toBe(422);
    expect(more.json<Problem>().errors).toMatchObject([
      { field: 'items', rule: 'maxItems', limit: 100_000, value: 100_001 },
    ]);
  });

  it.each(['{}', '[]', '{"items":{}}', '{"items":[],"more":1}'])('cannot be %s', async (body) => {
    expect((await batch(body)).statusCode).toBe(422);
  });
});
