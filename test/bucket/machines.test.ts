import { execFile } from 'node:child_process';
import { access, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { newKey } from '#segue/service/keys.js';
import { PROGRAM, start, tempFolder } from '../cli/start.js';
import { type Store, startStore } from './store.js';

const TRACK = { instrumentalness: 0, speechiness: 0.05, danceability: 0.6, valence: 0.5, tempo: 120 };

let store: Store;

beforeAll(async () => {
  store = await startStore();
});

afterAll(() => store.close());

async function segue(...argv: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...argv, '--json']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

it('one machine trains, another serves: it follows every promotion, makes playlists, and outlives the bucket', async () => {
  const space = store.space();
  const { registry } = space;
  const [worker, server] = [await tempFolder(), await tempFolder()];
  const catalogue = join(worker, 'catalogue.csv');
  await writeSyntheticCatalogue(catalogue, { tracks: 3000, seed: 5 });
  const train = (k: number): Promise<Record<string, unknown>> =>
    segue(
      'run',
      '--home',
      worker,
      '--registry',
      registry,
      '--source',
      catalogue,
      '--k',
      `${k}`,
      '--starts',
      '2',
    );
  const first = await train(4);
  expect(first['state']).toBe('promoted');

  const { key } = newKey({ label: '', scopes: ['predict', 'read'] }, new Date());
  const argv = ['serve', '--home', server, '--registry', registry, '--port', '0'];
  const env = { SEGUE_API_KEYS: `${key}:predict,read` };
  let serving = await start(argv, /^Serving at /, env);
  const url = (): string => /^Serving at (\S+)/.exec(serving.lines[0]!)![1]!;
  const ask = async (
    path: string,
    body?: object,
  ): Promise<{ status: number; answer: Record<string, unknown> }> => {
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url()}${path}`, { headers, ...post });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  const served = async (): Promise<unknown> =>
    (await ask('/v1/predict/cluster', TRACK)).answer['model_version'];
  expect(await served()).toBe(first['version']);
  const playlist = async (): Promise<number> =>
    (await ask('/v1/playlists', { target: { tempo: 120 } })).status;
  await expect.poll(playlist, { timeout: 60_000 }).toBe(200);

  const second = await train(5);
  await expect.poll(served, { timeout: 60_000 }).toBe(second['version']);
  await segue('models', 'rollback', '--home', server, '--registry', registry); // from the other machine
  await expect.poll(served, { timeout: 60_000 }).toBe(first['version']);
  const production = await segue('models', 'production', '--home', worker, '--registry', registry);
  expect(production['version']).toBe(first['version']);
  const { models } = (await ask('/v1/models')).answer as { models: { version: string; state: string }[] };
  expect(models.map(({ version, state }) => [version, state])).toEqual([
    [second['version'], 'archived'],
    [first['version'], 'production'],
  ]);

  await store.stop();
  await serving.logged(({ code }) => code === 'SEGUE_REGISTRY_UNREACHABLE');
  expect(await served()).toBe(first['version']);
  expect((await fetch(`${url()}/readyz`)).status).toBe(200);
  expect(await serving.stop()).toBe(0);
  serving = await start(argv, /^Serving at /, env); // the home's copy tells what was in production
  expect(await served()).toBe(first['version']);
  await store.start();

  const third = await train(6);
  await expect.poll(served, { timeout: 60_000 }).toBe(third['version']);
  const pruned = await segue('prune', '--home', worker, '--registry', registry, '--keep-versions', '2');
  expect(pruned['versions']).toEqual([]); // a rollback from the third goes to the first, and the second is among the newest two
  expect(await exists(space.file(`datasets/${String(second['version'])}/report.json`))).toBe(false);
  expect(await exists(space.file(`datasets/${String(first['version'])}/report.json`))).toBe(true);
  const fresh = await tempFolder();
  await appendFile(space.file(`models/${String(third['version'])}/model.json`), ' ');
  const failed = segue('predict', '--home', fresh, '--registry', registry, ...flagsOf(TRACK));
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('SEGUE_MODEL_CORRUPT') as string,
  });
  expect(await served()).toBe(third['version']);
  expect(await serving.stop()).toBe(0);
});

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function flagsOf(track: Readonly<Record<string, number>>): string[] {
  return Object.entries(track).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
