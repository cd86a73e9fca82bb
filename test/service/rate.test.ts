import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAttempts } from '#segue/service/attempts.js';
import { createKey, limitKey } from '#segue/service/key-file.js';
import { meterOf, rateLimit, rateLimitHeader, take } from '#segue/service/rate.js';
import { NOW } from './temp.js';
import { TRACK, type World, worldOfTest } from './world.js';

describe('a meter', () => {
  it('lets a burst through at once, then one for each spacing', () => {
    const meter = meterOf({ rate: 10, burst: 3 }, 1);
    expect([0, 0, 0, 0].map((at) => take(meter, at))).toEqual([0, 0, 0, 100]);
    expect(take(meter, 99)).toBe(1);
    expect(take(meter, 100)).toBe(0);
    expect(take(meter, 100)).toBe(100);
  });

  it('gives each of N processes 1/N', () => {
    const meter = meterOf({ rate: 10, burst: 4 }, 0.5);
    expect([0, 0, 0].map((at) => take(meter, at))).toEqual([0, 0, 200]);
    expect(meter.policy).toBe('"key";q=2;w=1');
  });

  it('never lets more through than a token bucket holds, nor refuses what it holds', () => {
    const steps = array(integer({ min: 0, max: 400 }), { maxLength: 200 });
    const limits = record({
      rate: constantFrom(1, 2, 4, 8, 16),
      burst: integer({ min: 1, max: 9 }),
    });
    assert(
      property(steps, limits, (waits, limit) => {
        const meter = meterOf(limit, 1);
        let at = 0;
        let tokens = limit.burst * 16_000; // 16,000 parts are one request: whole numbers, so exact
        for (const wait of waits) {
          at += wait;
          tokens = Math.min(limit.burst * 16_000, tokens + wait * 16 * limit.rate);
          const allowed = tokens >= 16_000;
          expect(take(meter, at) === 0).toBe(allowed);
          if (allowed) tokens -= 16_000;
          expect(rateLimitHeader(meter, at)).toContain(`;r=${Math.floor(tokens / 16_000)};`);
        }
      }),
      { seed: 4 },
    );
  });

  it('allows one second’s worth at once unless told', () => {
    expect([0.2, 1, 12.5].map((rate) => rateLimit(rate).burst)).toEqual([1, 1, 13]);
  });
});

describe('failed attempts', () => {
  const limit = { rate: 1, burst: 2 };
  const tries = (addresses: readonly string[], mostAddresses = 100): number[] => {
    const attempts = countAttempts({ limit, ticks: () => 0, mostAddresses });
    return addresses.map((address) => attempts.failed(address));
  };

  it('count for each address', () => {
    expect(tries(['10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.1'])).toEqual([0, 0, 0, 1000]);
  });

  it('count for the network of an IPv6 address, however it is written', () => {
    expect(tries(['2001:db8::1', '2001:db8:0:0:9::', '2001:db8::2'])).toEqual([0, 0, 1000]);
    expect(tries(['2001:db8:0:1::1', '2001:db8:0:2::1', '2001:db8:0:3::1', '::1'])).toEqual([0, 0, 0, 0]);
    expect(tries(['::ffff:10.0.0.1', '::ffff:10.0.0.2', '::ffff:10.0.0.3'])).toEqual([0, 0, 0]);
  });

  it('are remembered of so many addresses only, the first being forgotten', () => {
    expect(tries(['a', 'a', 'b', 'c', 'a'], 2)).toEqual([0, 0, 0, 0, 0]);
  });
});

/** Predicts once; what matters of the answer. */
async function ask({ app }: World, key: string | undefined, from = '10.1.1.1') {
  const { statusCode, headers, json } = await app.inject({
    method: 'POST',
    url: '/v1/predict/cluster',
    headers: key === undefined ? {} : { 'x-api-key': key },
    payload: TRACK,
    remoteAddress: from,
  });
  const limit = [headers['ratelimit-policy'], headers['ratelimit'], headers['retry-after']];
  return { status: statusCode, limit, code: json<{ code?: string }>().code };
}

describe('a key', () => {
  it('with a limit of its own is told what is left, then 429 with the time to wait, then served again', async () => {
    let at = 0;
    const world = await worldOfTest({ ticks: () => at });
    const spec = { label: '', scopes: ['predict'], limit: { rate: 0.5, burst: 2 } } as const;
    const { key } = await createKey(world.home, spec, NOW);
    await world.refresh();
    const policy = '"key";q=2;w=4';
    expect(await ask(world, key)).toMatchObject({ status: 200, limit: [policy, '"key";r=1;t=2', undefined] });
    expect(await ask(world, key)).toMatchObject({ status: 200, limit: [policy, '"key";r=0;t=4', undefined] });
    expect(await ask(world, key)).toEqual({
      status: 429,
      limit: [policy, '"key";r=0;t=4', '2'],
      code: 'too_many_requests',
    });
    expect((await ask(world, world.keys.predict)).status).toBe(200);
    at = 2000;
    expect((await ask(world, key)).status).toBe(200);
  });

  it('without one has the server’s; a changed limit holds at once, what was used goes on counting', async () => {
    const world = await worldOfTest({ security: { keyLimit: { rate: 1, burst: 2 } } });
    const statuses = async (count: number): Promise<number[]> => {
      const all: number[] = [];
      for (let i = 0; i < count; i += 1) all.push((await ask(world, world.keys.predict)).status);
      return all;
    };
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await limitKey(world.home, world.keys.predict.split('_')[1]!, { rate: 1, burst: 3 }, NOW);
    await world.refresh();
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('without any limit is told nothing of it', async () => {
    const world = await worldOfTest();
    expect((await ask(world, world.keys.predict)).limit).toEqual([undefined, undefined, undefined]);
  });
});

it('a flood of bad keys is 401, then 429; a key that works is served from the same address', async () => {
  const world = await worldOfTest();
  const statuses: number[] = [];
  for (let i = 0; i < 22; i += 1) statuses.push((await ask(world, 'bad')).status);
  expect(statuses).toEqual([...Array<number>(20).fill(401), 429, 429]);
  expect(await ask(world, undefined)).toMatchObject({ status: 429, limit: [undefined, undefined, '1'] });
  expect((await ask(world, world.keys.predict)).status).toBe(200);
  expect((await ask(world, 'bad', '10.9.9.9')).status).toBe(401);
  const logged = world
    .log()
    .split('\n')
    .filter((line) => line.includes('"level":30') && line.includes('"request"'));
  expect(logged.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual(Array(21).fill(401));
});
