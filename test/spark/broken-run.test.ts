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
  await run(['generate', '--tracks', '200000', '--out', catalogue]);
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
  await rm(folder, { recursive: true });
});

/** T1 is under way on the cluster. */
const MIDDLE = /^ {2}[\d,]+ of [\d,]+ tasks/;

function beginRun(home: string, ...argv: readonly string[]): Command {
  return begin(
    [
      ...['run', '--home', join(folder, home), '--source', catalogue, '--k', '4', '--starts', '2'],
      ...['--engine', 'spark', ...argv],
    ],
    { SEGUE_SPARK: `${server.address}/;token=${TOKEN};use_ssl=false` },
  );
}

async function endOf({ ended }: Command): Promise<Ended> {
  const end = await ended;
  outputs.push(end.stdout, end.stderr);
  return end;
}

async function middleOf(command: Command): Promise<void> {
  await command.told(/^looking at the source/);
  await command.told(MIDDLE);
}

async function recordsOf(home: string): Promise<RunRecord[]> {
  const { runs, run: filesOf } = homeAt(join(folder, home));
  const texts = (await readdir(runs)).map((id) => readFile(filesOf(id).record, 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as RunRecord);
}

/** Jobs that the cluster has under way. */
async function jobsUnderWay(): Promise<unknown[]> {
  const [application] = (await (await fetch(`${ui}/applications`)).json()) as { id: string }[];
  const jobs = await fetch(`${ui}/applications/${application!.id}/jobs?status=running`);
  return (await jobs.json()) as unknown[];
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the work on the cluster and the process, and the same command goes on',
  async (signal) => {
    const command = beginRun(signal);
    await middleOf(command);
    command.kill(signal);
    expect(await endOf(command)).toMatchObject({ code: null, signal });
    expect(await jobsUnderWay()).toEqual([]);
    const [cut] = await recordsOf(signal);
    expect(cut).toMatchObject({ state: 'running', version: null });
    expect(await endOf(beginRun(signal))).toMatchObject({ code: 0 });
    expect(await recordsOf(signal)).toMatchObject([{ run: cut!.run, state: 'promoted' }]);
  },
);

it('a server that comes back within the attempts is gone on with', async () => {
  const command = beginRun('back');
  await middleOf(command);
  await server.kill();
  await server.start();
  expect(await endOf(command)).toMatchObject({ code: 0 });
  const [record] = await recordsOf('back');
  expect(record!.state).toBe('promoted');
  expect(record!.tasks.T1_Ingesta_y_Limpieza.attempts).toBe(2);
});

it('a lost server is told, and the same command goes on once it is back', async () => {
  const command = beginRun('lost', '--retries', '0');
  await middleOf(command);
  await server.kill();
  await server.start();
  const end = await endOf(command);
  expect(end.code).toBe(1);
  expect(end.stderr).toContain('error SEGUE_SPARK_LOST: The Spark server has forgotten our session');
  expect(end.stderr).toContain('Run the command again once the server is up');
  const [failed] = await recordsOf('lost');
  expect(failed!.tasks.T1_Ingesta_y_Limpieza).toMatchObject({ state: 'failed', attempts: 1 });
  expect(await endOf(beginRun('lost', '--retries', '0'))).toMatchObject({ code: 0 });
  expect(await recordsOf('lost')).toMatchObject([{ run: failed!.run, state: 'promoted' }]);
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
