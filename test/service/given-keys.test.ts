import { describe, expect, it } from 'vitest';
import { assembleService } from '#segue/service/assemble.js';
import { parseGivenKeys } from '#segue/service/given-keys.js';
import { createKey, revokeKey } from '#segue/service/key-file.js';
import { newKey } from '#segue/service/keys.js';
import { homeOfTest, NOW } from './temp.js';
import { keptLog, observerWith } from './world.js';

const one = newKey({ label: '', scopes: ['read'] }, NOW).key;
const two = newKey({ label: '', scopes: ['read'] }, NOW).key;

describe('keys from outside the key file', () => {
  it('are a key and its scopes each, with blanks or line ends between; only hashes are kept', () => {
    const records = parseGivenKeys(`\n${one}:predict,read\n  ${two}:admin\t\n`, NOW);
    expect(records.map(({ id, scopes }) => [id, scopes])).toEqual([
      [one.split('_')[1], ['predict', 'read']],
      [two.split('_')[1], ['admin']],
    ]);
    expect(JSON.stringify(records)).not.toContain(one.split('_').slice(2).join('_'));
    expect(parseGivenKeys(' \n', NOW)).toEqual([]);
  });

  it.each([
    ['no scopes', one],
    ['empty scopes', `${one}:`],
    ['an unknown scope', `${one}:predict,write`],
    ['a scope twice', `${one}:read,read`],
    ['half a key', `${one.slice(0, -1)}:read`],
    ['a key twice', `${one}:read ${one}:predict`],
  ])('are refused for %s, without telling the key', (_what, text) => {
    let error: unknown;
    try {
      parseGivenKeys(`${two}:read ${text}`, NOW);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'SEGUE_USAGE' });
    expect(String(error)).toMatch(/Key [23] of/);
    for (const key of [one, two]) expect(String(error)).not.toContain(key.slice(19, 31));
  });

  it('open a server beside the stored ones, of which a revoked one stays so', async () => {
    const home = await homeOfTest();
    const stored = await createKey(home, { label: '', scopes: ['read'] }, NOW);
    const revoked = await createKey(home, { label: '', scopes: ['read'] }, NOW);
    await revokeKey(home, revoked.record.id, NOW);
    const givenKeys = parseGivenKeys(`${one}:read ${revoked.key}:admin`, NOW);
    const { app } = await assembleService({
      home,
      observer: observerWith(),
      logger: keptLog().logger,
      now: () => NOW,
      watch: () => () => {},
      givenKeys,
    });
    const statuses: number[] = [];
    for (const key of [one, stored.key, revoked.key, two]) {
      statuses.push((await app.inject({ url: '/v1/models', headers: { 'x-api-key': key } })).statusCode);
    }
    await app.close();
    expect(statuses).toEqual([200, 200, 401, 401]);
  });
});
