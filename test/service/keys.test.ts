import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#segue/core/hash.js';
import { createKey, limitKey, listKeys, revokeKey, rotateKey } from '#segue/service/key-file.js';
import { allows, type KeyRecord, newKey, rotatedKey, stateOf } from '#segue/service/keys.js';
import { checkKey, knowKey } from '#segue/service/known-key.js';
import { homeOfTest, NOW } from './temp.js';

/** What follows the id; base64url, so it may hold a `_` of its own. */
const secretOf = (key: string): string => key.split('_').slice(2).join('_');

/** Id of the key that is let in, or why none is. */
function check(records: readonly KeyRecord[], sent: string, atMs = NOW.getTime()): string {
  const known = new Map(records.map((record) => [record.id, knowKey(record, null, 1, undefined)]));
  const result = checkKey(known, sent, atMs);
  return typeof result === 'string' ? result : result.id;
}

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
      secret_hash: sha256(secretOf(key)),
      earlier: [],
      limit: null,
      created_at: NOW.toISOString(),
      expires_at: null,
      revoked_at: null,
    });
  });

  it('is accepted by the check, and by no other record', () => {
    const one = newKey({ label: 'one', scopes: ['read'] }, NOW);
    const two = newKey({ label: 'two', scopes: ['read'] }, NOW);
    const crossed = `segue_${one.record.id}_${secretOf(two.key)}`;
    expect(check([one.record, two.record], one.key)).toBe(one.record.id);
    expect(check([one.record, two.record], crossed)).toBe('wrong_secret');
    expect(check([two.record], one.key)).toBe('unknown');
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

describe('rotation', () => {
  const HOUR = 3_600_000;
  const later = (ms: number): Date => new Date(NOW.getTime() + ms);

  it('gives another secret; the former one works until the overlap is over, not longer', () => {
    const before = newKey({ label: 'app', scopes: ['read'] }, NOW);
    const after = rotatedKey(before.record, HOUR, NOW);
    expect(after.record).toMatchObject({ id: before.record.id, scopes: ['read'] });
    expect(after.key).not.toBe(before.key);
    const states = [HOUR - 1, HOUR].map((ms) =>
      [before.key, after.key].map((key) => check([after.record], key, NOW.getTime() + ms)),
    );
    const { id } = before.record;
    expect(states).toEqual([
      [id, id],
      ['wrong_secret', id],
    ]);
  });

  it('twice within the overlap keeps all three secrets; without overlap it ends all but the new one', () => {
    const first = newKey({ label: '', scopes: ['read'] }, NOW);
    const second = rotatedKey(first.record, HOUR, NOW);
    const third = rotatedKey(second.record, 2 * HOUR, later(HOUR / 2));
    const { id } = first.record;
    const at = later(HOUR / 2).getTime();
    expect([first, second, third].map(({ key }) => check([third.record], key, at))).toEqual([id, id, id]);
    expect(check([third.record], first.key, later(HOUR).getTime())).toBe('wrong_secret');
    const last = rotatedKey(third.record, 0, later(HOUR / 2));
    expect(last.record.earlier).toEqual([]);
    expect(check([last.record], third.key, at)).toBe('wrong_secret');
  });

  it('lets nothing in after the key was revoked or has expired', async () => {
    const folder = await homeOfTest();
    const { record, key } = await createKey(folder, { label: '', scopes: ['read'] }, NOW);
    const rotated = await rotateKey(folder, record.id, HOUR, NOW);
    await revokeKey(folder, record.id, NOW);
    const stored = await listKeys(folder);
    expect([key, rotated.key].map((sent) => check(stored, sent))).toEqual(['revoked', 'revoked']);
    await expect(rotateKey(folder, record.id, HOUR, NOW)).rejects.toMatchObject({ code: 'SEGUE_KEY_ENDED' });
  });
});

describe('the key file', () => {
  it('is for its owner only and holds no secret', async () => {
    const folder = await homeOfTest();
    const { key } = await createKey(folder, { label: 'app', scopes: ['predict'] }, NOW);
    const text = await readFile(folder.keys, 'utf8');
    expect((await stat(folder.keys)).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(secretOf(key));
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

  it('keeps a limit, and gives it up', async () => {
    const folder = await homeOfTest();
    const { record } = await createKey(folder, { label: 'x', scopes: ['read'] }, NOW);
    await limitKey(folder, record.id, { rate: 5, burst: 10 }, NOW);
    expect((await listKeys(folder))[0]).toMatchObject({ limit: { rate: 5, burst: 10 } });
    await limitKey(folder, record.id, null, NOW);
    expect((await listKeys(folder))[0]).toMatchObject({ limit: null });
  });

  it('may be from before rotation and limits', async () => {
    const folder = await homeOfTest();
    const { record } = await createKey(folder, { label: 'x', scopes: ['read'] }, NOW);
    const old = { ...record, earlier: undefined, limit: undefined }; // which JSON leaves out
    await writeFile(folder.keys, JSON.stringify({ format: 'segue-keys/1', keys: [old] }));
    expect(await listKeys(folder)).toEqual([record]);
  });

  it.each([
    ['a limit that is none', { limit: { rate: 0, burst: 1 } }],
    ['a limit in words', { limit: 'ten' }],
    ['a former secret without its end', { earlier: [{ secret_hash: 'a'.repeat(64) }] }],
    ['a former secret that is no hash', { earlier: [{ secret_hash: 'a', until: NOW.toISOString() }] }],
  ])('opens nothing with %s', async (_what, broken) => {
    const folder = await homeOfTest();
    const { record } = await createKey(folder, { label: 'x', scopes: ['read'] }, NOW);
    await writeFile(
      folder.keys,
      JSON.stringify({ format: 'segue-keys/1', keys: [{ ...record, ...broken }] }),
    );
    await expect(listKeys(folder)).rejects.toMatchObject({ code: 'SEGUE_KEYS_CORRUPT' });
  });
});
