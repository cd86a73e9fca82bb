import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ClusterDataset } from '#segue/catalogue/cluster/ingest.js';
import { type Home, homeAt } from '#segue/core/home.js';
import type { RunRecord } from '#segue/pipeline/run-record.js';
import type { ModelMetrics } from '#segue/training/metrics.js';
import { run } from './command.js';

let folder: string;
let catalogue: string;
/** A run of this machine, which those of the cluster must equal. */
let here: RunRecord;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-spark-run-'));
  catalogue = join(folder, 'catalogue.csv');
  await run(['generate', '--tracks', '20000', '--out', catalogue]);
  here = await runOf('here', []);
});

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }));

const options = ['--k', '4', '--starts', '2'];

/** Begins a run of the catalogue in a home of that name, and gives its record once it was promoted. */
async function runOf(
  name: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunRecord> {
  const home = homeNamed(name);
  const { code, stdout, stderr } = await run(
    ['run', '--json', '--home', home.root, '--source', catalogue, ...options, ...argv],
    env,
  );
  expect(code, stderr).toBe(0);
  const { run: id } = JSON.parse(stdout) as RunRecord;
  return JSON.parse(await readFile(home.run(id).record, 'utf8')) as RunRecord;
}

function homeNamed(name: string): Home {
  return homeAt(join(folder, name));
}

function onCluster(...argv: readonly string[]): readonly string[] {
  return ['--engine', 'spark', '--spark', inject('spark'), ...argv];
}

async function noteOf(home: Home, { run: id }: RunRecord): Promise<ClusterDataset> {
  return JSON.parse(await readFile(home.dataset(id).cluster, 'utf8')) as ClusterDataset;
}

describe('a run whose rows all come here', () => {
  let record: RunRecord;

  beforeAll(async () => {
    record = await runOf('whole', onCluster());
  });

  it('is promoted, and its model is that of this machine, to the bit', async () => {
    expect(record.state).toBe('promoted');
    expect(record.version).toBe(here.version);
    const [own, other] = await Promise.all(
      ['whole', 'here'].map((name) => readFile(homeNamed(name).model(here.version!).model, 'utf8')),
    );
    expect(own).toBe(other);
    expect(record.options).toEqual({ ...here.options, engine: 'spark', local_rows: 20_000_000 });
  });

  it('tells where the cluster keeps it', async () => {
    const home = homeNamed('whole');
    const note = await noteOf(home, record);
    expect(note).toMatchObject({ format: 'segue-cluster/1', whole: true });
    expect(note.engine).toMatch(/^Spark \d/);
    expect(note.work.startsWith(`${home.root}/cluster/${record.run}-`)).toBe(true);
    expect(await readdir(note.work)).toEqual(expect.arrayContaining(['X_test', 'X_train']));
  });

  it('is looked up by the next one', async () => {
    const again = await runOf('whole', onCluster());
    expect(again.run).not.toBe(record.run);
    expect(again.tasks.T1_Ingesta_y_Limpieza.summary).toContain(`as in run ${record.run}`);
    expect(again.tasks.T2_Entrenamiento_Modelo.summary).toContain('it was trained from these rows');
  });

  it('is done again byte by byte', async () => {
    const { code, stdout } = await run([
      'replay',
      record.run,
      '--home',
      homeNamed('whole').root,
      ...onCluster(),
    ]);
    expect(stdout).toContain('No file differs');
    expect(code).toBe(0);
  });
});

it('what this machine trained is known where the cluster cleaned the same rows', async () => {
  const record = await runOf('here', onCluster());
  expect(record.version).toBe(here.version);
  expect(record.tasks.T1_Ingesta_y_Limpieza.summary).not.toContain('as in run');
  expect(record.tasks.T2_Entrenamiento_Modelo.summary).toContain('it was trained from these rows');
});

it('tasks one by one: those that need the cluster get its address from a file', async () => {
  const home = ['--home', homeNamed('tasks').root];
  const id = 'scheduled__2026-11-29T05:00:00+00:00';
  const env = { SEGUE_SPARK: inject('spark') };
  const begun = ['--engine', 'spark', '--source', catalogue, ...options];
  expect(await run(['task', 'T1', '--run', id, ...home, ...begun], env)).toMatchObject({ code: 0 });
  for (const task of ['T2', 'T3', 'T4'])
    expect(await run(['task', task, '--run', id, ...home]), task).toMatchObject({ code: 0 });
  const { stdout } = await run(['models', 'production', '--json', ...home]);
  expect(JSON.parse(stdout)).toMatchObject({ version: here.version });
});

it('a run whose rows are too many is trained on the cluster, and all that describes comes from the sample', async () => {
  const record = await runOf('at-scale', onCluster('--local-rows', '5000'));
  expect(record.state).toBe('promoted');
  const home = homeNamed('at-scale');
  const note = await noteOf(home, record);
  const report = JSON.parse(await readFile(home.dataset(record.run).report, 'utf8')) as {
    rows: { train: number; test: number };
  };
  expect(note).toMatchObject({ whole: false, rows: { train: report.rows.train, test: report.rows.test } });
  expect(Math.abs(note.here.train + note.here.test - 5000)).toBeLessThan(500);
  const metrics = JSON.parse(await readFile(home.model(record.version!).metrics, 'utf8')) as ModelMetrics;
  const sample = note.here.train.toLocaleString('en');
  expect(metrics.train.notes.join(' ')).toContain(`a sample of ${sample} of the `);
  const again = await runOf('at-scale', onCluster('--local-rows', '5000'));
  expect(again.version).toBe(record.version);
  expect(again.tasks.T2_Entrenamiento_Modelo.summary).toContain('it was trained from these rows');
});

it('assigns a segment to every track, as this machine does', async () => {
  const home = ['--home', homeNamed('here').root, '--json'];
  const assigned = async (out: string, argv: readonly string[]) => {
    const { code, stdout, stderr } = await run(['assign', catalogue, '--out', out, ...home, ...argv]);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as { rows: object; segments: number[] };
  };
  const own = await assigned(join(folder, 'own.parquet'), []);
  const cluster = await assigned(join(folder, 'cluster.parquet'), onCluster());
  expect(cluster.rows).toEqual(own.rows);
  expect(cluster.segments).toEqual(own.segments);
  const kept = await run(['assign', catalogue, '--out', folder, ...home, ...onCluster()]);
  expect(kept).toMatchObject({ code: 2 });
  expect(kept.stderr).toContain('holds something else, which would be removed');
});
