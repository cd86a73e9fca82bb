import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { homeAt } from '#segue/core/home.js';
import { run } from './command.js';
import { startSpark } from './server.js';

/** Milliseconds that a million tracks may take where several such suites share a machine. */
const PATIENCE = 1_800_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-spark-masters-'));
});

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }));

/** The model that a run of this catalogue in a home of its own puts into production, as its file says it. */
async function modelOf(name: string, argv: readonly string[]): Promise<string> {
  const home = homeAt(join(folder, name));
  const { code, stdout, stderr } = await run(['run', '--json', '--home', home.root, ...argv]);
  expect(code, stderr).toBe(0);
  const { version, state } = JSON.parse(stdout) as { version: string; state: string };
  expect(state).toBe('promoted');
  return readFile(home.model(version).model, 'utf8');
}

it.each([
  ['a million tracks, on a driver that does all itself', 1_000_000, 'local[2]'],
  ['tracks on executors in processes of their own', 20_000, 'local-cluster[2,1,1024]'],
])('%s, give the model that this machine makes of them', { timeout: PATIENCE }, async (_, tracks, master) => {
  const source = join(folder, `${tracks}.csv`);
  await run(['generate', '--tracks', String(tracks), '--out', source]);
  const argv = ['--source', source, '--k', '4', '--starts', '1'];
  const server = master === 'local[2]' ? undefined : await startSpark({}, master);
  try {
    const address = server?.address ?? inject('spark');
    const ofCluster = await modelOf(`cluster-${tracks}`, [...argv, '--engine', 'spark', '--spark', address]);
    expect(ofCluster).toBe(await modelOf(`here-${tracks}`, argv));
  } finally {
    await server?.stop();
  }
});
