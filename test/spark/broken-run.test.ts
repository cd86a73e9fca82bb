import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeAt } from '#segue/core/home.js';
import type { RunRecord } from '#segue/pipeline/run-record.js';
import { begin, type Command, type Ended, run } from './command.js';
import { freePort, type SparkServer, startSpark } from './server.js';

const TOKEN = 'only-this-one';

let folder: string;
let catalogue: string;
let server: SparkServer;
let ui: string;
const outputs: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-spark-broken-'));
  catalogue = join(folder, 'catalogue.csv');
  await run(['generate', '--tracks', '20000', '--out', catalogue]);
  const port = await freePort();
  ui = `http://127.0.0.1:${port}/api/v1`;
  server = await startSpark({
    'spark.connect.authenticate.token': TOKEN,
    'spark.ui.enabled': 'true',
    'spark.ui.port': String(port),
  });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const asked = ['run', '--engine', 'spark', '--k', '4', '--starts', '2'];

function beginRun(home: string, ...argv: readonly string[]): Command {
  return begin([...asked, '--home', join(folder, home), '--source', catalogue, ...argv], {
    SEGUE_SPARK: `${server.address}/;token=${TOKEN};use_ssl=false`,
  });
}

async function endOf({ ended }: Command): Promise<Ended> {
  const end = await ended;
  outputs.push(end.stdout, end.stderr);
  return end;
}

async function recordsOf(home: string): Promise<RunRecord[]> {
  const at = homeAt(join(folder, home));
  const texts = (await readdir(at.runs)).map((id) => readFile(at.run(id).record, 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as RunRecord);
}

/** Jobs that the cluster has under way. */
async function jobsUnderWay(): Promise<unknown[]> {
  const [application] = (await (await fetch(`${ui}/applications`)).json()) as { id: string }[];
  const jobs = await fetch(`${ui}/applications/${application!.id}/jobs?status=running`);
  return (await jobs.json()) as unknown[];
}

/** Whether the cluster has ended writing a folder of a run. */
async function isWritten(name: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true });
  return paths.some((path) => path.endsWith(`/${name}/_SUCCESS`));
}

it('Ctrl-C and SIGTERM end the work on the cluster, then the process, and the same command goes on', async () => {
  const ids: string[] = [];
  for (const [signal, step, underWay] of [
    ['SIGINT', /^reading rows/, 'staged/0'],
    ['SIGTERM', /^writing training/, 'X_train'],
  ] as const) {
    const command = beginRun('signals');
    await command.told(step);
    command.kill(signal);
    const end = await endOf(command);
    expect(end).toMatchObject({ code: null, signal });
    expect(end.stderr).not.toMatch(/error|alert/);
    // a job that was just being submitted when its work was cancelled is listed for a moment
    await expect.poll(jobsUnderWay, { timeout: 60_000 }).toEqual([]);
    expect(await isWritten(underWay)).toBe(false);
    const [record] = await recordsOf('signals');
    expect(record).toMatchObject({ state: 'running', version: null });
    ids.push(record!.run);
  }
  expect(await endOf(beginRun('signals'))).toMatchObject({ code: 0 });
  const records = await recordsOf('signals');
  expect(records).toMatchObject([{ state: 'promoted' }]);
  expect(ids).toEqual([records[0]!.run, records[0]!.run]);
});

it('a lost server is told; once it is back, the same command goes on, whatever it loses in between', async () => {
  const first = beginRun('lost', '--retries', '0');
  await first.told(/^reading rows/);
  await server.kill();
  await server.start();
  const end = await endOf(first);
  expect(end.code).toBe(1);
  expect(end.stderr).toContain('error SEGUE_SPARK_LOST: The Spark server has forgotten our session');
  expect(end.stderr).toContain('Run the command again once the server is up');
  const [failed] = await recordsOf('lost');
  expect(failed!.state).toBe('failed');
  expect(failed!.tasks.T1_Ingesta_y_Limpieza).toMatchObject({ state: 'failed', attempts: 1 });

  const second = beginRun('lost');
  await second.told(/^writing training/);
  await server.kill();
  await server.start();
  expect(await endOf(second)).toMatchObject({ code: 0 });
  const records = await recordsOf('lost');
  expect(records).toMatchObject([{ run: failed!.run, state: 'promoted' }]);
  expect(records[0]!.tasks.T1_Ingesta_y_Limpieza.attempts).toBe(3);
});

it('the token of the address is in no file and in no output', async () => {
  expect(outputs.length).toBeGreaterThan(0);
  expect(outputs.join('\n')).not.toContain(TOKEN);
  const names = await readdir(folder, { recursive: true });
  let files = 0;
  for (const path of names.map((name) => join(folder, name))) {
    if (path === catalogue || !(await stat(path)).isFile()) continue;
    expect((await readFile(path)).includes(TOKEN), path).toBe(false);
    files += 1;
  }
  expect(files).toBeGreaterThan(20);
});
