import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { handDownAddress, workFolder } from '#segue/cli/cluster/asked.js';
import { argumentsOf, runOptionsOf } from '#segue/cli/commands/run-options.js';
import { canonicalJson } from '#segue/core/canonical-json.js';
import { EXIT } from '#segue/core/errors.js';
import { DEFAULT_OPTIONS, defaultResources } from '#segue/pipeline/options.js';
import { segue, segueJson } from './segue.js';

let folder: string;
let home: readonly string[];
let catalogue: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-cluster-'));
  home = ['--home', join(folder, 'home')];
  catalogue = ['--source', join(folder, 'catalogue.csv')];
  await writeFile(join(folder, 'address'), 'sc://127.0.0.1:1/;token=hunter2;use_ssl=false\n');
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

afterEach(() => void vi.unstubAllEnvs());

const spark = ['--engine', 'spark'];
const nowhere = ['--spark', 'sc://127.0.0.1:1'];
const bucket = ['--source', 's3a://music/tracks'];

describe('what is wrong is told before a run begins', () => {
  it.each([
    ['no address', () => [...spark, ...catalogue], 'Add --spark <address>'],
    ['no engine', () => [...nowhere, ...catalogue], '--spark is given, but no cluster is asked for'],
    ['no engine, but rows', () => ['--local-rows', '5000', ...catalogue], '--local-rows is given'],
    ['no engine, but a folder', () => ['--cluster-work', 's3a://music/x', ...catalogue], '--cluster-work is'],
    ['another engine', () => ['--engine', 'flink', ...catalogue], 'Allowed choices are duckdb, spark'],
    ['too few rows', () => [...spark, '--local-rows', '10', ...catalogue], 'at least 1000'],
    [
      'an address that is none',
      () => [...spark, '--spark', 'https://hunter2@spark', ...catalogue],
      'value: (not shown)',
    ],
    [
      'a token without TLS',
      () => [...spark, '--spark', 'sc://spark/;token=hunter2;use_ssl=false', ...catalogue],
      'use_ssl=false',
    ],
    ['a bucket for this machine', () => bucket, 'Add --engine spark and --spark <address>'],
    ['a bucket for duckdb', () => ['--engine', 'duckdb', ...bucket], 'value: s3a://music/tracks'],
    ['no folder for its work', () => [...spark, ...nowhere, ...bucket], 'Add --cluster-work <folder>'],
  ])('%s', async (_, argv, text) => {
    for (const command of [['run'], ['task', 'T1', '--run', 'x'], ['up', '--port', '0']]) {
      const { exitCode, stdout, stderr } = await segue(...command, ...argv(), ...home);
      expect(exitCode, stderr).toBe(EXIT.usage);
      expect(stderr).toContain(text);
      expect(stdout + stderr).not.toContain('hunter2');
    }
    expect((await segueJson<{ runs: object[] }>('runs', 'list', ...home)).stdout).not.toContain('"run"');
  });

  it('an address in two places', async () => {
    vi.stubEnv('SEGUE_SPARK', 'sc://127.0.0.1:1');
    vi.stubEnv('SEGUE_SPARK_FILE', join(folder, 'address'));
    const { exitCode, stderr } = await segue('run', ...spark, ...catalogue, ...home);
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toContain('SEGUE_SPARK, SEGUE_SPARK_FILE');
  });

  it('an address that is set for all commands keeps none from this machine that says so', async () => {
    vi.stubEnv('SEGUE_SPARK', 'sc://127.0.0.1:1');
    const here = await segue('run', '--engine', 'duckdb', ...catalogue, ...home);
    expect(here.stderr).toContain('SEGUE_SOURCE_NOT_FOUND');
  });
});

it('a server that is not there is told with its address, without its token; no run has begun', async () => {
  vi.stubEnv('SEGUE_SPARK_FILE', join(folder, 'address'));
  const { exitCode, stdout, stderr } = await segueJson('run', '--verbose', ...spark, ...catalogue, ...home);
  expect(exitCode).toBe(EXIT.fault);
  expect(stderr).toContain('error SEGUE_SPARK_UNREACHABLE');
  expect(stderr).toContain('value: sc://127.0.0.1:1');
  expect(stdout + stderr).not.toContain('hunter2');
  expect((await segue('runs', 'list', '--json', ...home)).stdout).not.toContain('"run"');
});

it('a run that is gone on with by its name, without the address, is not failed of that', async () => {
  const begun = ['task', 'T1', '--run', 'y', ...spark, ...nowhere, ...catalogue];
  expect(await segue(...begun, ...home)).toMatchObject({ exitCode: EXIT.fault });
  const resumed = await segue('run', '--resume', 'y', ...home);
  expect(resumed.exitCode).toBe(EXIT.usage);
  expect(resumed.stderr).toContain('Add --spark <address>');
  expect(resumed.stderr).not.toContain('alert');
});

it('an outer orchestrator’s task leaves a record of it, from which T5 tells and T1 begins again', async () => {
  const task = (name: string, ...argv: readonly string[]) =>
    segueJson<{ state: string; outcome: { summary: string } }>('task', name, '--run', 'x', ...argv, ...home);
  const first = await task('T1', ...spark, ...nowhere, ...catalogue);
  expect(first.exitCode).toBe(EXIT.fault);
  const told = await task('T5');
  expect(told.json.outcome.summary).toContain('SEGUE_SPARK_UNREACHABLE');
  const again = await task('T1');
  expect(again).toMatchObject({ exitCode: EXIT.usage });
  expect(again.stderr).toContain('Add --spark <address>');
});

describe('options of a run', () => {
  const flags = { ...base(), seed: 7, home: '/nowhere' };

  it('say nothing of a cluster where there is none: those of earlier releases are the same', () => {
    const options = runOptionsOf(flags, '/data/tracks.csv');
    expect(options).not.toHaveProperty('engine');
    expect(canonicalJson(options)).toBe(
      canonicalJson({ ...DEFAULT_OPTIONS, seed: 7, source: '/data/tracks.csv' }),
    );
  });

  it('keep engine and rows, but neither address nor folder', () => {
    const asked = { engine: 'spark', spark: 'sc://x/;token=hunter2', clusterWork: 's3a://music/x' } as const;
    const options = runOptionsOf({ ...flags, ...asked, localRows: 5000 }, 's3a://music/tracks');
    expect(options).toMatchObject({ engine: 'spark', local_rows: 5000, source: 's3a://music/tracks' });
    expect(JSON.stringify(options)).not.toMatch(/hunter2|sc:|x"/);
    const defaults = runOptionsOf({ ...flags, ...asked }, 's3a://music/tracks');
    expect(defaults.local_rows).toBe(20_000_000);
  });

  it('are given to a process of its own, the address by its environment', () => {
    const asked = { engine: 'spark', spark: 'sc://x/;token=hunter2', localRows: 5000 } as const;
    const options = runOptionsOf({ ...flags, ...asked }, '/data/tracks.csv');
    const argv = argumentsOf(options, defaultResources(), 's3a://music/x').join(' ');
    expect(argv).toContain('--engine spark --local-rows 5000 --cluster-work s3a://music/x');
    expect(argv).not.toContain('hunter2');
    const env = { SEGUE_SPARK_FILE: '/run/secrets/spark' };
    handDownAddress(asked, env);
    expect(env).toEqual({ SEGUE_SPARK: asked.spark });
    const own = { SEGUE_SPARK_VAULT: 'secret/spark#address' };
    handDownAddress({}, own);
    expect(own).toEqual({ SEGUE_SPARK_VAULT: 'secret/spark#address' });
    const here = argumentsOf(runOptionsOf(flags, '/data/tracks.csv'), defaultResources(), 's3a://music/x');
    expect(here.join(' ')).toContain('--engine duckdb --threads');
  });
});

it.each([
  ['/data/tracks.csv', undefined, '/srv/segue/cluster'],
  ['file:///data/tracks.csv', undefined, '/srv/segue/cluster'],
  ['s3a://music/tracks', 's3a://music/segue/', 's3a://music/segue'],
  ['/data/tracks.csv', 'work', `${process.cwd()}/work`],
])('a cluster that reads %s and is given %s works in %s', (source, clusterWork, expected) => {
  expect(workFolder(clusterWork === undefined ? {} : { clusterWork }, source, '/srv/segue')).toBe(expected);
});

/** Flags as commander gives them where none is given. */
function base() {
  const { k, seed, starts, test_share, exact_silhouette_rows } = DEFAULT_OPTIONS;
  return {
    k,
    seed,
    starts,
    testShare: test_share,
    exactSilhouetteRows: exact_silhouette_rows,
    retries: 2,
    ...defaultResources(),
  };
}
