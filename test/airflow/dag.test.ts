import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { homeAt } from '#segue/core/home.js';
import { productionVersion } from '#segue/models/registry.js';
import { TASK_IDS } from '#segue/pipeline/dag.js';
import { findRecord, loadRecord } from '#segue/pipeline/run-record.js';
import { type Airflow, programOf, type States, startAirflow } from './airflow.js';

const exec = promisify(execFile);
const [T1, T2, T3, T4, T5] = TASK_IDS;

/** How long a run may take; nobody sleeps for it. */
const PATIENCE = { timeout: 240_000, interval: 500 };

let airflow: Airflow;
let small: string;
let large: string;

beforeAll(async () => {
  airflow = await startAirflow({ SEGUE_K: '4', SEGUE_STARTS: '2' });
  [small, large] = [join(airflow.folder, 'small.csv'), join(airflow.folder, 'large.csv')];
  await writeSyntheticCatalogue(small, { tracks: 3000, seed: 5 });
  await writeSyntheticCatalogue(large, { tracks: 200_000, seed: 7 });
});

afterAll(() => airflow.stop());

/** The states once the run has ended. */
async function ended(run: string): Promise<States> {
  await expect.poll(async () => (await airflow.states(run)).run, PATIENCE).toMatch(/^(success|failed)$/);
  return airflow.states(run);
}

function statesOf({ tasks }: States): Record<string, string | null> {
  return Object.fromEntries(Object.entries(tasks).map(([task, [state]]) => [task, state]));
}

it('is a DAG without a warning, as ruff likes it', async () => {
  const dags = 'deploy/airflow/dags';
  const parsed = await exec(programOf('python'), ['-W', 'error', join(dags, 'spotify_clustering_dag.py')]);
  expect(parsed.stderr).toBe('');
  await expect(exec(programOf('ruff'), ['check', '--line-length', '150', dags])).resolves.toMatchObject({
    stdout: 'All checks passed!\n',
  });
});

it('success: T1 to T4 run, T5 is skipped, the model is in production', async () => {
  const run = 'manual__2026-11-23T05:00:00+00:00';
  await airflow.trigger(run, { source: small });
  const states = await ended(run);
  expect(states.run).toBe('success');
  expect(statesOf(states)).toEqual({
    [T1]: 'success',
    [T2]: 'success',
    [T3]: 'success',
    [T4]: 'success',
    [T5]: 'skipped',
  });
  const record = await loadRecord(homeAt(airflow.home), run);
  expect(record.state).toBe('promoted');
  expect(await productionVersion(homeAt(airflow.home))).toBe(record.version);
});

it('refusal: T3 fails without a second try, T4 does not run, T5 does, the run is a failed one', async () => {
  const before = await productionVersion(homeAt(airflow.home));
  await airflow.trigger('refused', { source: small, min_silhouette: '0.9' });
  const states = await ended('refused');
  expect(states.run).toBe('failed');
  expect(statesOf(states)).toEqual({
    [T1]: 'success',
    [T2]: 'success',
    [T3]: 'failed',
    [T4]: 'upstream_failed',
    [T5]: 'success',
  });
  expect(states.tasks[T3]![1]).toBe(1);
  const alert = await readFile(homeAt(airflow.home).run('refused').alert, 'utf8');
  expect(alert).toContain('the limit is 0.9000');
  expect(await productionVersion(homeAt(airflow.home))).toBe(before);
});

it('a task that is killed is tried again, and the run goes on', async () => {
  await airflow.trigger('killed', { source: large, k: 'auto' });
  const find = async (): Promise<number[]> => {
    const { stdout } = await exec('pgrep', ['-f', `task ${T2} --run killed`]).catch(() => ({ stdout: '' }));
    return stdout.split('\n').filter(Boolean).map(Number);
  };
  const state = async () => (await findRecord(homeAt(airflow.home), 'killed'))?.tasks[T2].state;
  await expect.poll(state, { ...PATIENCE, interval: 20 }).toBe('running');
  for (const pid of await find()) process.kill(pid, 'SIGKILL');
  const states = await ended('killed');
  expect(states.run).toBe('success');
  expect(states.tasks).toMatchObject({ [T1]: ['success', 1], [T2]: ['success', 2], [T4]: ['success', 1] });
  expect((await loadRecord(homeAt(airflow.home), 'killed')).tasks[T2].attempts).toBe(2);
});

it('input that can’t be used: T1 fails without a second try, people are told', async () => {
  await airflow.trigger('unreadable', { source: join(airflow.folder, 'nowhere.csv') });
  const states = await ended('unreadable');
  expect(states.run).toBe('failed');
  expect(statesOf(states)).toMatchObject({ [T1]: 'failed', [T4]: 'upstream_failed', [T5]: 'success' });
  expect(states.tasks[T1]![1]).toBe(1);
  const alert = await readFile(homeAt(airflow.home).run('unreadable').alert, 'utf8');
  expect(alert).toContain('SEGUE_SOURCE_NOT_FOUND');
});
