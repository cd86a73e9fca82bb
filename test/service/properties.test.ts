import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { trackSchema } from '#segue/service/feature-schema.js';
import { compileCheck, MAX_ERRORS } from '#segue/service/field-errors.js';
import { openWorld, TRACK } from './world.js';

const SEED = 20261124;
const schema = trackSchema(SPOTIFY_FEATURES);

/** Numbers where faults hide, and any other. */
const number = fc.oneof(
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    1,
    40,
    250,
    1e308,
    -1e308,
    1e-320,
    Number.MIN_VALUE,
    Number.MAX_VALUE,
    Infinity,
    -Infinity,
    NaN,
  ),
);

/** Tracks, nearly tracks, and anything else. */
const trackLike = fc.oneof(
  fc.record(Object.fromEntries(Object.keys(TRACK).map((name) => [name, number])), { requiredKeys: [] }),
  fc
    .record({
      field: fc.constantFrom(...Object.keys(TRACK), 'mood', '__proto__', 'toString'),
      value: fc.jsonValue(),
    })
    .map(({ field, value }) =>
      Object.defineProperty({ ...TRACK }, field, { value, enumerable: true, configurable: true }),
    ),
  fc.anything(),
);

describe('the check of a track', () => {
  const check = compileCheck(schema);
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

  it('lets through exactly what another validator lets through', () => {
    fc.assert(
      fc.property(trackLike, (value) => {
        expect(check(value).length === 0).toBe(validate(value));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('names the same broken rules as another validator, each once', () => {
    const nearly = fc.record(
      Object.fromEntries(
        [...Object.keys(TRACK), 'mood'].map((name) => [
          name,
          fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(nearly, (value) => {
        validate(value);
        const theirs = (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
          const member =
            (params as Record<string, string>)['missingProperty'] ??
            (params as Record<string, string>)['additionalProperty'];
          return `${member === undefined ? instancePath.slice(1) : member} ${keyword}`;
        });
        expect(
          check(value)
            .map(({ field, rule }) => `${field} ${rule}`)
            .toSorted(),
        ).toEqual(theirs.toSorted());
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('can always be written as JSON, with at most so many errors', () => {
    fc.assert(
      fc.property(trackLike, (value) => {
        const errors = check(value);
        expect(errors.length).toBeLessThanOrEqual(MAX_ERRORS);
        const text = JSON.stringify(errors);
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe('no body is answered 5xx', async () => {
  const world = await openWorld();
  afterAll(world.close);

  const send = async (url: string, payload: string | Buffer): Promise<number> => {
    const headers = { 'x-api-key': world.keys.predict, 'content-type': 'application/json' };
    return (await world.app.inject({ method: 'POST', url, headers, payload })).statusCode;
  };

  const bodies = {
    'any JSON': fc.json({ maxDepth: 4 }),
    'nearly a track': trackLike.map((value) => JSON.stringify(value) ?? ''),
    'a batch of anything': fc
      .array(trackLike)
      .map((items) => JSON.stringify({ items: items.map((item) => item ?? null) }, noBigInt)),
    'any text': fc.string({ unit: 'binary' }),
    'any bytes': fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    'deep JSON': fc.integer({ min: 1, max: 8000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  };

  it.each(Object.entries(bodies))('%s', async (_name, body: fc.Arbitrary<string | Buffer>) => {
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom('/v1/predict/cluster', '/v1/predict/clusters'),
        async (payload, url) => {
          expect([200, 422]).toContain(await send(url, payload));
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('and what is a track is answered 200 with finite numbers', async () => {
    const valid = fc.record({
      instrumentalness: fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
      speechiness: fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
      danceability: fc.double({ min: 0, max: 1, noNaN: true }),
      valence: fc.double({ min: 0, max: 1, noNaN: true }),
      tempo: fc.double({ min: 40, minExcluded: true, max: Number.MAX_VALUE, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(valid, async (payload) => {
        const headers = { 'x-api-key': world.keys.predict };
        const response = await world.app.inject({
          method: 'POST',
          url: '/v1/predict/cluster',
          headers,
          payload,
        });
        expect(response.statusCode).toBe(200);
        const { distance, margin } = response.json<{ distance: number; margin: number }>();
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(margin).toBeGreaterThanOrEqual(0);
        expect(margin).toBeLessThanOrEqual(1);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

function noBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
