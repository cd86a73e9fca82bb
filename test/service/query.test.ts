import * as fc from 'fast-check';
import fastify, { type FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { addRoute } from '#segue/service/add-route.js';
import { MAX_ERRORS } from '#segue/service/field-errors.js';
import { createLogger } from '#segue/service/log.js';
import { openApiDocument } from '#segue/service/openapi.js';
import { addProblemReplies } from '#segue/service/problem-replies.js';
import { compileQuery, type RawQuery } from '#segue/service/query.js';
import { type Route, route } from '#segue/service/route.js';

const SEED = 20261125;

const QUERY = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: 'Most entries', examples: [50] }),
    ),
    detail: Type.Optional(Type.Enum(['full', 'lean'])),
    cursor: Type.Optional(Type.String({ minLength: 2, maxLength: 5, pattern: '^[a-z]+$' })),
    share: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    all: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const read = compileQuery(QUERY);

function errorsOf(query: RawQuery) {
  const result = read(query);
  return 'errors' in result ? result.errors : [];
}

describe('query parameters', () => {
  it('become values of their types', () => {
    const sent = { limit: '20', detail: 'lean', cursor: 'abc', share: '2.5e-1', all: 'false' };
    expect(read(sent)).toEqual({
      value: { limit: 20, detail: 'lean', cursor: 'abc', share: 0.25, all: false },
    });
    expect(read({})).toEqual({ value: {} });
  });

  it.each([
    ['limit', '0', 'minimum', 1, 0],
    ['limit', '501', 'maximum', 500, 501],
    ['limit', '1.5', 'type', 'integer', '1.5'],
    ['limit', '1e2', 'type', 'integer', '1e2'],
    ['limit', '-0', 'type', 'integer', '-0'],
    ['limit', '', 'type', 'integer', ''],
    ['limit', ' 1', 'type', 'integer', ' 1'],
    ['limit', '+1', 'type', 'integer', '+1'],
    ['limit', '0x10', 'type', 'integer', '0x10'],
    ['limit', '01', 'type', 'integer', '01'],
    ['limit', '1_0', 'type', 'integer', '1_0'],
    ['limit', 'NaN', 'type', 'integer', 'NaN'],
    ['share', '1e999', 'type', 'number', 'Infinity'],
    ['share', '0', 'exclusiveMinimum', 0, 0],
    ['all', 'TRUE', 'type', 'boolean', 'TRUE'],
    ['all', '1', 'type', 'boolean', '1'],
    ['detail', 'Full', 'enum', 'full, lean', 'Full'],
    ['cursor', 'a', 'minLength', 2, 'a'],
    ['cursor', 'abcdef', 'maxLength', 5, 'abcdef'],
    ['cursor', 'ab1', 'pattern', '^[a-z]+$', 'ab1'],
    ['mood', 'x', 'additionalProperties', 'limit, detail, cursor, share, all', 'x'],
    ['__proto__', 'x', 'additionalProperties', 'limit, detail, cursor, share, all', 'x'],
  ])('%s=%s breaks %s', (field, text, rule, limit, value) => {
    const query = Object.defineProperty({}, field, { value: text, enumerable: true }) as RawQuery;
    const [error, ...more] = errorsOf(query);
    expect(more).toEqual([]);
    expect(error).toMatchObject({ field, pointer: `?${field}`, rule, limit, value });
    expect(error!.message).toMatch(/\.$/);
  });

  it('may be given once', () => {
    const [error] = errorsOf({ limit: ['1', '2', '3'] });
    expect(error).toEqual({
      field: 'limit',
      pointer: '?limit',
      rule: 'maxItems',
      limit: 1,
      value: 3,
      message: 'limit may be given once; it is given 3 times.',
    });
  });

  it('are all named when they break rules, up to a limit', () => {
    expect(errorsOf({ limit: '0', detail: 'x', 'a b': '1' }).map(({ pointer }) => pointer)).toEqual([
      '?limit',
      '?detail',
      '?a%20b',
    ]);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, ['1', '2']]));
    expect(errorsOf(many)).toHaveLength(MAX_ERRORS);
  });

  it('of any kind are read or refused, and integers come back as they were written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 2 }))),
        (query) => {
          const result = read(query);
          expect('errors' in result ? result.errors.length > 0 : Object.keys(query).length === 0).toBe(true);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (limit) => {
        expect(read({ limit: String(limit) })).toEqual({ value: { limit } });
      }),
      { seed: SEED },
    );
  });
});

const LIST: Route = route({
  method: 'GET',
  path: '/things/{thing}',
  id: 'listThings',
  tag: 'operation',
  summary: 'Things',
  scope: 'public',
  params: [
    {
      name: 'thing',
      description: 'Which',
      schema: Type.Integer({ minimum: 0 }),
      example: 0,
      absent: 'cluster_not_found',
    },
  ],
  query: QUERY,
  answer: { description: 'The query', schema: Type.Object({ query: QUERY, thing: Type.String() }) },
  problems: [],
  handle: ({ query, params }) => {
    const typed: Readonly<Static<typeof QUERY>> = query;
    return { query: typed, thing: params['thing']! };
  },
});

async function served(): Promise<FastifyInstance> {
  const app = fastify();
  addProblemReplies(app, createLogger({ level: 'silent' }));
  addRoute(app, LIST, () => true);
  onTestFinished(() => app.close());
  await app.ready();
  return app;
}

describe('an operation with query parameters', () => {
  it('is handed them checked', async () => {
    const app = await served();
    expect((await app.inject('/things/7?limit=2&detail=lean')).json()).toEqual({
      query: { limit: 2, detail: 'lean' },
      thing: '7',
    });
    expect((await app.inject('/things/7')).json()).toEqual({ query: {}, thing: '7' });
  });

  it('answers 422 to others', async () => {
    const response = await (await served()).inject('/things/7?limit=2&limit=3&detail=loud');
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'invalid_request',
      instance: '/things/7',
      errors: [
        { pointer: '?limit', rule: 'maxItems' },
        { pointer: '?detail', rule: 'enum' },
      ],
    });
  });

  it.each(['-1', '1.0', '01', 'x', '', '1e3'.repeat(9), '__proto__'])(
    'answers 404 to a path that its parameter refuses: %s',
    async (thing) => {
      const response = await (await served()).inject(`/things/${thing}`);
      expect(response.json()).toMatchObject({ code: 'cluster_not_found', status: 404 });
    },
  );

  it('is documented with each parameter, and 422', () => {
    const document = openApiDocument([LIST], SPOTIFY_FEATURES, '0') as {
      paths: Record<string, { get: { parameters: object[]; responses: object } }>;
    };
    const { parameters, responses } = document.paths['/things/{thing}']!.get;
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['404', '422']));
    expect(parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: 'Most entries',
      schema: { type: 'integer', minimum: 1, maximum: 500 },
      example: 50,
    });
    expect(parameters).toContainEqual({
      name: 'detail',
      in: 'query',
      required: false,
      schema: { enum: ['full', 'lean'] },
    });
  });
});
