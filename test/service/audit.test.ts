import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { appendAudit } from '#segue/core/audit.js';
import { pendingAudit } from '#segue/service/audit-log.js';
import { createKey, limitKey, revokeKey, rotateKey } from '#segue/service/key-file.js';
import { homeOfTest, NOW } from './temp.js';
import { TRACK, worldOfTest } from './world.js';

async function linesOf(path: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const REFUSED = {
  reason: 'unknown',
  key: null,
  client: '10.0.0.1',
  method: 'GET',
  route: '/v1/models',
  request_id: 'a',
} as const;

describe('the audit log', () => {
  it('has every change of a key, and who did it', async () => {
    const home = await homeOfTest();
    const { record } = await createKey(home, { label: 'x', scopes: ['read'] }, NOW);
    const rotated = await rotateKey(home, record.id, 60_000, NOW);
    await limitKey(home, record.id, { rate: 2, burst: 4 }, NOW);
    await revokeKey(home, record.id, NOW);
    await expect(revokeKey(home, '000000000000', NOW)).rejects.toMatchObject({ code: 'SEGUE_KEY_NOT_FOUND' });
    const entries = await linesOf(home.audit);
    const common = { time: NOW.toISOString(), key: record.id, actor: entries[0]!['actor'] };
    expect(common.actor).toMatch(/./);
    expect(entries).toEqual([
      { ...common, event: 'key_created', scopes: ['read'], expires_at: null, limit: null },
      { ...common, event: 'key_rotated', former_until: '2026-11-24T05:01:00.000Z' },
      { ...common, event: 'key_limited', limit: { rate: 2, burst: 4 } },
      { ...common, event: 'key_revoked' },
    ]);
    expect(await readFile(home.audit, 'utf8')).not.toContain(rotated.record.secret_hash);
    expect((await stat(home.audit)).mode & 0o777).toBe(0o640);
  });

  it('is put aside when it is large, and what is older than the kept files goes', async () => {
    const home = await homeOfTest();
    for (let number = 1; number <= 9; number += 1) {
      await appendAudit(home, [{ time: NOW.toISOString(), event: 'x', number }], 10);
    }
    const numbers: unknown[] = [];
    for (const path of [home.audit, ...[1, 2, 3, 4, 5].map((each) => home.auditAside(each))]) {
      numbers.push((await linesOf(path))[0]!['number']);
    }
    expect(numbers).toEqual([9, 8, 7, 6, 5, 4]);
    await expect(stat(home.auditAside(6))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('loses none of many writers', async () => {
    const home = await homeOfTest();
    const writers = Array.from({ length: 20 }, (_, number) =>
      appendAudit(home, [{ time: NOW.toISOString(), event: 'x', number }]),
    );
    await Promise.all(writers);
    expect(await linesOf(home.audit)).toHaveLength(20);
  });
});

describe('a flood', () => {
  it('is so many lines a minute, then one count for each reason', () => {
    let ms = NOW.getTime();
    const audit = pendingAudit(() => ms, 3);
    for (let i = 0; i < 100_000; i += 1) audit.refused({ ...REFUSED, reason: i % 2 ? 'unknown' : 'revoked' });
    expect(audit.drain()).toHaveLength(3);
    expect(audit.drain()).toEqual([]);
    ms += 60_000;
    const [count, ...none] = audit.drain();
    expect(none).toEqual([]);
    expect(count).toEqual({
      time: '2026-11-24T05:01:00.000Z',
      event: 'access_refused_more',
      since: NOW.toISOString(),
      count: 99_997,
      reasons: { revoked: 49_998, unknown: 49_999 },
    });
    audit.refused(REFUSED);
    expect(audit.drain()).toMatchObject([{ event: 'access_refused', client: '10.0.0.1' }]);
  });

  it('is counted to its last request when the server stops, or the clock goes back', () => {
    let ms = NOW.getTime();
    const audit = pendingAudit(() => ms, 1);
    audit.refused(REFUSED);
    audit.refused(REFUSED);
    ms -= 3_600_000;
    audit.refused(REFUSED);
    audit.refused(REFUSED);
    expect(audit.end().map(({ event, count }) => [event, count])).toEqual([
      ['access_refused', undefined],
      ['access_refused_more', 1],
      ['access_refused', undefined],
      ['access_refused_more', 1],
    ]);
  });
});

it('a server notes each refusal with its reason, key, client, operation and request id', async () => {
  const { app, home, keys } = await worldOfTest({ security: { keyLimit: { rate: 1, burst: 1 } } });
  const ask = (key: string, url: string) =>
    app.inject({ url, headers: { 'x-api-key': key, 'x-request-id': 'mine' }, remoteAddress: '10.0.0.7' });
  const idOf = (key: string): string => key.split('_')[1]!;
  const wrong = `${keys.read.slice(0, -1)}${keys.read.endsWith('A') ? 'Q' : 'A'}`;
  await ask(wrong, '/v1/models/secret-thing');
  await ask(`segue_000000000000_${keys.read.split('_').slice(2).join('_')}`, '/v1/models');
  await ask(keys.predict, '/v1/models');
  await ask(keys.predict, '/v1/models');
  await ask('', '/v1/runs');
  await app.close();
  const common = { event: 'access_refused', client: '10.0.0.7', method: 'GET', request_id: 'mine' };
  const expected = [
    ['wrong_secret', idOf(keys.read), '/v1/models/{version}'],
    ['unknown', null, '/v1/models'],
    ['scope_missing', idOf(keys.predict), '/v1/models'],
    ['too_many_requests', idOf(keys.predict), '/v1/models'],
    ['missing', null, '/v1/runs'],
  ].map(([reason, key, route]) => ({ time: NOW.toISOString(), ...common, reason, key, route }));
  const entries = await linesOf(home.audit);
  expect(entries.filter(({ event }) => event === 'access_refused')).toEqual(expected);
});

it('neither log nor audit ever holds a feature value, a key, a body or a path as sent', async () => {
  const { app, home, keys, log } = await worldOfTest();
  const values = [0.123454321, 0.234565432, 0.345676543, 0.456787654, 123.454321];
  const track = Object.fromEntries(Object.keys(TRACK).map((name, i) => [name, values[i]!]));
  const stray = 'segue_0123456789ab_straystraystraystraystraystraystraystraystra';
  const bodies = [
    JSON.stringify(track),
    JSON.stringify({ ...track, danceability: 7.123454321 }),
    JSON.stringify({ items: [track, { ...track, 'canary-field': 1 }] }),
    `{"tempo": 123.454321, "canary-text`,
    `canary-body ${'x'.repeat(20_000)}`,
  ];
  for (const url of ['/v1/predict/cluster', '/v1/predict/clusters', `/nowhere/${stray}?key=${stray}`]) {
    for (const payload of bodies) {
      for (const key of [keys.predict, keys.read, stray, `${keys.predict}0`]) {
        await app.inject({
          method: 'POST',
          url,
          headers: { 'x-api-key': key, 'x-request-id': key, 'content-type': 'application/json' },
          payload,
        });
      }
    }
  }
  await app.inject({ url: `/v1/models/${stray}`, headers: { authorization: stray, cookie: stray } });
  await app.close();
  const written = log() + (await readFile(home.audit, 'utf8'));
  expect(written).toContain('access_refused');
  expect(written).toContain('"msg":"request"');
  const secrets = [...Object.values(keys), stray].map((key) => key.split('_').slice(2).join('_'));
  for (const forbidden of [...values.map(String), '7.123454321', 'canary', ...secrets]) {
    expect(written.includes(forbidden), forbidden).toBe(false);
  }
});
