import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { tellNextDue } from '#segue/pipeline/schedule.js';
import { dashboardTexts } from '../../deploy/grafana/src/all.js';
import { dashboardOf, targetsOf } from '../monitoring/panels.js';
import { type Daemon, query, start } from './programs.js';
import { writePrometheus } from './quicker.js';
import { type AskedService, openAskedService } from './service.js';

const PATIENCE = { timeout: 60_000, interval: 500 };

let service: AskedService;
let prometheus: Daemon;
let unfit: NodeJS.Timeout;
let begun: number;

/** What Grafana fills in. */
const VALUES = { $job: 'segue', $feature: 'tempo', $__rate_interval: '10s', $__range: '1h' };

function filled(expr: string): string {
  return Object.entries(VALUES).reduce((text, [name, value]) => text.replaceAll(name, value), expr);
}

/** Asks without a key, for a track that breaks the rules, and for a run; @returns nothing: answers don't matter. */
async function askUnfit(): Promise<void> {
  const ask = (path: string, key: string, body?: string) =>
    fetch(`${service.url}${path}`, {
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body }),
    }).then((answer) => answer.arrayBuffer());
  await Promise.allSettled([
    ask('/v1/predict/cluster', 'no-key', '{}'),
    ask('/v1/predict/cluster', service.keys.predict, '{"tempo": "fast"}'),
    ask('/v1/runs/run-1', service.keys.read),
  ]);
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segue-dashboards-'));
  begun = Date.now();
  service = await openAskedService(folder);
  unfit = setInterval(() => void askUnfit(), 250);
  await tellNextDue(service.home, new Date(Date.now() + 86_400_000));
  const config = await writePrometheus(join(folder, 'config'), {
    service: service.url,
    alertmanager: 'http://127.0.0.1:9',
  });
  prometheus = await start('prometheus', (port) => [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'prometheus')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
});

afterAll(async () => {
  clearInterval(unfit);
  await prometheus.stop();
  await service.close();
});

describe.each(dashboardTexts())('%s, from a real Prometheus', (_name, text) => {
  const series = targetsOf(text).map(({ title, expr }) => ({ title, expr: filled(expr) }));

  it.each(series)('$title: $expr', async ({ expr }) => {
    await expect
      .poll(
        async () => (await query(prometheus, expr)).filter(({ value }) => Number.isFinite(value)).length,
        PATIENCE,
      )
      .toBeGreaterThan(0);
  });
});

it.each([
  ['job', ['segue']],
  ['feature', SPOTIFY_FEATURES.features.map(({ name }) => name).toSorted()],
])('the values of the variable %s are what Prometheus has', async (name, expected) => {
  const queries = dashboardTexts().flatMap(([, text]) =>
    dashboardOf(text).templating.list.flatMap((variable) => (variable.name === name ? variable.query : [])),
  );
  expect(queries).not.toEqual([]);
  for (const asked of queries) {
    const [, match, label] = /^label_values\((.+), (\w+)\)$/.exec(filled(asked))!;
    const answer = await fetch(
      `${prometheus.url}/api/v1/label/${label}/values?match[]=${encodeURIComponent(match!)}`,
    );
    expect(await answer.json()).toMatchObject({ data: expected });
  }
});

it('a promotion is marked where it was, however far apart the points are', async () => {
  for (const [, text] of dashboardTexts()) {
    const [promotions] = dashboardOf(text).annotations.list;
    expect(promotions!.useValueForTime).toBe(true);
    const marks = await query(prometheus, filled(promotions!.target.expr));
    expect(marks).toHaveLength(1);
    expect(marks[0]!.metric['version']).toMatch(/\S/);
    expect(marks[0]!.value).toBeGreaterThan(begun);
    expect(marks[0]!.value).toBeLessThan(Date.now());
  }
});

/** Values of what a panel asks for, by one of its labels. */
async function shown(title: string, label: string): Promise<Readonly<Record<string, number>>> {
  const targets = dashboardTexts().flatMap(([, text]) => targetsOf(text));
  const { expr } = targets.find((target) => target.title === title)!;
  const series = await query(prometheus, filled(expr));
  return Object.fromEntries(series.map(({ metric, value }) => [metric[label] ?? '', value]));
}

it.each(['401', '422'])('requests refused with %s are shown', async (status) => {
  await expect
    .poll(async () => (await shown('What is refused, and where?', 'status'))[status] ?? 0, PATIENCE)
    .toBeGreaterThan(0);
});

it('the share that fails is none until something does', async () => {
  expect(await shown('Share that fails', '')).toEqual({ '': 0 });
  await writeFile(service.home.run('run-1').record, '{');
  await expect.poll(async () => (await shown('Share that fails', ''))[''] ?? 0, PATIENCE).toBeGreaterThan(0);
  expect(await shown('What is refused, and where?', 'status')).toHaveProperty('500');
});
