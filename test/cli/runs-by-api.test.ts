import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { homeAt } from '#segue/core/home.js';
import { withLock } from '#segue/core/lock.js';
import { createKey } from '#segue/service/key-file.js';
import { PROGRAM, start, tempFolder } from './start.js';

it('begins a run of the catalogue that the service was started with, one at a time', async () => {
  const folder = await tempFolder();
  const [source, home] = [join(folder, 'catalogue.csv'), homeAt(join(folder, 'home'))];
  await promisify(execFile)(process.execPath, [
    PROGRAM,
    'generate',
    '--tracks',
    '2000',
    '--seed',
    '5',
    '--out',
    source,
  ]);
  const argv = ['up', '--home', home.root, '--source', source, '--k', '4', '--starts', '2', '--port', '0'];
  const { lines, stop } = await start(argv, /^Serving at /);
  const url = /^Serving at ([^\s;]+)/.exec(lines.find((line) => line.startsWith('Serving at'))!)![1]!;
  const { key } = await createKey(home, { label: '', scopes: ['admin'] }, new Date());
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const begin = async (body: unknown) =>
    fetch(`${url}/v1/runs`, { method: 'POST', headers, body: JSON.stringify(body) });
  await expect
    .poll(async () => (await fetch(`${url}/v1/runs`, { headers })).status, { timeout: 60_000 })
    .toBe(200);

  await withLock(home.lock, async () => {
    const busy = await begin({});
    expect(busy.status).toBe(409);
    expect(await busy.json()).toMatchObject({ code: 'run_in_progress' });
  });
  expect((await begin({ k: 0 })).status).toBe(422);
  expect((await begin({ source: '/etc/passwd' })).status).toBe(422);

  const begun = await begin({ k: 5 });
  expect(begun.status).toBe(202);
  const { run } = (await begun.json()) as { run: string };
  expect(begun.headers.get('location')).toBe(`/v1/runs/${run}`);
  const look = async () =>
    (await fetch(`${url}/v1/runs/${run}`, { headers })).json() as Promise<{ state: string }>;
  await expect.poll(async () => (await look()).state, { timeout: 60_000 }).toMatch(/promoted|refused/);
  expect(await look()).toMatchObject({ run, k: 5 });
  expect(await stop()).toBe(0);
});
