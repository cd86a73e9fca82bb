import { execFile } from 'node:child_process';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedHome, serveHome } from '../../load/serve.js';
import { CLIENT, installClient } from './installed.js';

const exec = promisify(execFile);
const TSX = fileURLToPath(new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url));
const { folder, client } = await installClient();
let served: ServedHome;

beforeAll(async () => {
  served = await serveHome();
  await cp(join(CLIENT, 'examples/playlist-generator'), join(folder, 'example'), { recursive: true });
  await rm(join(folder, 'example/node_modules'), { recursive: true, force: true });
});

afterAll(async () => {
  await served.stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const generate = async (...flags: readonly string[]) =>
  exec(process.execPath, ['--import', TSX, join(folder, 'example/main.ts'), ...flags], {
    cwd: folder,
    env: { ...process.env, SEGUE_URL: served.url, SEGUE_KEY: served.key },
  });

it('makes a playlist for a listener, from the slowest to the fastest track', async () => {
  const segue = new client.Segue({ ...served });
  await expect.poll(async () => (await segue.ready()).catalogue, { timeout: 60_000 }).toBe('ready');
  const { tracks } = await segue.playlist({ segment: 1, length: 5 });
  const known = tracks.map(({ track_id }) => track_id);
  const { stdout } = await generate(
    '--tracks',
    known.join(),
    '--length',
    '8',
    '--m3u',
    'p.m3u',
    '--csv',
    'p.csv',
  );
  expect(stdout).toContain('100 %');
  const tempos = [...stdout.matchAll(/^ *(\d+) BPM/gm)].map(([, tempo]) => Number(tempo));
  expect(tempos).toHaveLength(8);
  expect(tempos).toEqual(tempos.toSorted((a, b) => a - b));
  const m3u = await readFile(join(folder, 'p.m3u'), 'utf8');
  expect(m3u.match(/^spotify:track:\w+$/gm)).toHaveLength(8);
  for (const id of known) expect(m3u).not.toContain(id);
  expect((await readFile(join(folder, 'p.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(9);
});

it('says what is wrong', async () => {
  await expect(generate()).rejects.toMatchObject({ code: 2 });
  await expect(generate('--tracks', 'a', '--length', '0')).rejects.toMatchObject({ code: 1 });
});
