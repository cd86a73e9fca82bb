import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#segue/core/hash.js';
import { createKey, listKeys, revokeKey } from '#segue/service/key-file.js';
import { allows, checkKey, newKey, stateOf } from '#segue/service/keys.js';
import { homeOfTest, NOW } from './temp.js';

describe('a new key', () => {
  it('has 256 random bits, of which only the hash is kept', () => {
    const asked: number[] = [];
    const random = (bytes: number): Buffer => {
      asked.push(bytes);
      return Buffer.alloc(bytes, 7);
    };
    const { key, record } = newKey({ label: 'app', scopes: ['read', 'predict'] }, NOW, random);
    expect(asked).toEqual([6, 32]);
    expect(key).toBe(`segue_070707070707_${Buffer.alloc(32, 7).toString('base64url')}`);
    expect(record).toEqual({
      id: '070707070707',
      label: 'app',
      scopes: ['predict', 'read'],
      secret_hash: sha256(key.split('_')[2]!),
      created_at: NOW.toISOString(),
      expires_at: null,
      revoked_at: null,
    });
  });

  it('is accepted by the check, and by no other record', () => {
    const one = newKey({ label: 'one', scopes: ['read'] }, NOW);
    const two = newKey({ label: 'two', scopes: ['read'] }, NOW);
    const records = new Map([one, two].map(({ record }) => [record.id, record]));
    expect(checkKey(records, one.key, NOW)).toEqual({ valid: true, id: one.record.id, scopes: ['read'] });
    const crossed = `segue_${one.record.id}_${two.key.split('_').slice(2).join('_')}`;
    expect(checkKey(records, crossed, NOW)).toEqual({ valid: false, reason: 'wrong_secret' });
    records.delete(one.record.id);
    expect(checkKey(records, one.key, NOW)).toEqual({ valid: false, reason: 'unknown' });
  });

  it('expires at its time, not before', () => {
    const { record } = newKey({ label: 'x', scopes: ['read'], expiresAt: NOW }, NOW);
    expect(stateOf(record, new Date(NOW.getTime() - 1))).toBe('active');
    expect(stateOf(record, NOW)).toBe('expired');
  });
});

it('admin implies every scope, the others only themselves', () => {
  expect([allows(['admin'], 'predict'), allows(['admin'], 'read'), allows(['admin'], 'admin')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([allows(['predict'], 'predict'), allows(['predict'], 'read'), allows(['read'], 'admin')]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('the key file', () => {
  it('is for its owner only and holds no secret', async () => {
    const folder = await homeOfTest();
    const { key } = await createKey(folder, { label: 'app', scopes: ['predict'] }, NOW);
    const text = await readFile(folder.keys, 'utf8');
    expect((await stat(folder.keys)).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(key.split('_')[2]);
    expect(await listKeys(folder)).toHaveLength(1);
  });

  it('loses none of many changes at once', async () => {
    const folder = await homeOfTest();
    const first = await createKey(folder, { label: 'first', scopes: ['admin'] }, NOW);
    const made = Array.from({ length: 8 }, (_, i) =>
      createKey(folder, { label: `${i}`, scopes: ['read'] }, NOW),
    );
    await Promise.all([...made, revokeKey(folder, first.record.id, NOW)]);
    const keys = await listKeys(folder);
    expect(keys.map(({ label }) => label).toSorted()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      'first',
    ]);
    expect(keys[0]).toMatchObject({ label: 'first', revoked_at: NOW.toISOString() });
  });

  it('keeps the time of the first revocation', async () => {
    const folder = await homeOfTest();
    const { record } = await createKey(folder, { label: 'x', scopes: ['read'] }, NOW);
    await revokeKey(folder, record.id, NOW);
    const later = new Date(NOW.getTime() + 1000);
    expect(await revokeKey(folder, record.id, later)).toMatchObject({ revoked_at: NOW.toISOString() });
  });

  it('cannot revoke what it does not hold', async () => {
    await expect(revokeKey(await homeOfTest(), '000000000000', NOW)).rejects.toMatchObject({
      code: 'SEGUE_KEY_NOT_FOUND',
    });
  });
});
