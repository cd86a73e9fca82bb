import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeJson } from '#segue/core/files.js';
import { OWN_IDENTITY } from '#segue/core/process-identity.js';
import { foldKeysUsed, keysUsedWriter, readKeysUsed } from '#segue/service/keys-used.js';
import { homeOfTest, NOW } from './temp.js';
import { TRACK, worldOfTest } from './world.js';

const at = NOW.getTime();
const DEAD = { ...OWN_IDENTITY, boot: 'another boot' };
const used = (entries: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).map(([id, ms]) => [id, new Date(ms).toISOString()]));

it('the latest use by any process counts', async () => {
  const home = await homeOfTest();
  expect(await readKeysUsed(home)).toEqual(new Map());
  await writeJson(join(home.keysUsed, '1-1.json'), { process: DEAD, used: used({ a: at, b: at }) });
  await keysUsedWriter(home, () => new Map([['a', at + 1]]))();
  expect(await readKeysUsed(home)).toEqual(
    new Map([
      ['a', at + 1],
      ['b', at],
    ]),
  );
});

it('files of ended processes become one, of running ones stay; nothing is lost when killed half-way', async () => {
  const home = await homeOfTest();
  await writeJson(join(home.keysUsed, '1-1.json'), { process: DEAD, used: used({ a: at, b: at }) });
  await writeJson(join(home.keysUsed, '2-2.json'), { process: DEAD, used: used({ a: at + 5 }) });
  await keysUsedWriter(home, () => new Map([['c', at]]))();
  const before = await readKeysUsed(home);
  await foldKeysUsed(home, NOW);
  expect(await readKeysUsed(home)).toEqual(before);
  expect(await readdir(home.keysUsed)).toHaveLength(2);
  // as if it had been killed between writing the one and removing the others
  await writeJson(join(home.keysUsed, '1-1.json'), { process: DEAD, used: used({ a: at, b: at }) });
  await foldKeysUsed(home, NOW);
  expect(await readKeysUsed(home)).toEqual(before);
  expect(await readdir(home.keysUsed)).toHaveLength(2);
});

it('of a process in another container goes after a day without news', async () => {
  const home = await homeOfTest();
  const elsewhere = { ...OWN_IDENTITY, pid_namespace: 'pid:[1]' };
  await writeJson(join(home.keysUsed, '7-7.json'), { process: elsewhere, used: used({ a: at }) });
  const names: string[][] = [];
  for (const ms of [86_400_000, 86_400_001]) {
    await foldKeysUsed(home, new Date(at + ms));
    names.push(await readdir(home.keysUsed));
  }
  expect(names).toEqual([['7-7.json'], ['ended.json']]);
  expect(await readKeysUsed(home)).toEqual(new Map([['a', at]]));
});

it('is written only when there is something new', async () => {
  const home = await homeOfTest();
  let now = new Map<string, number>();
  const write = keysUsedWriter(home, () => now);
  await write();
  expect(await readKeysUsed(home)).toEqual(new Map());
  now = new Map([['a', at]]);
  await write();
  const [name] = await readdir(home.keysUsed);
  await writeFile(join(home.keysUsed, name!), JSON.stringify({ process: OWN_IDENTITY, used: {} }));
  await write();
  expect(await readKeysUsed(home)).toEqual(new Map());
});

it('a server tells when it stops which keys it has let in, and not those that it refused', async () => {
  const { app, home, keys } = await worldOfTest();
  for (const key of [keys.predict, keys.read, `${keys.admin}x`]) {
    await app.inject({
      method: 'POST',
      url: '/v1/predict/cluster',
      headers: { 'x-api-key': key },
      payload: TRACK,
    });
  }
  await app.close();
  expect([...(await readKeysUsed(home)).keys()].toSorted()).toEqual(
    [keys.predict, keys.read].map((key) => key.split('_')[1]!).toSorted(),
  );
});
