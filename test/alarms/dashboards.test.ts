import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellNextDue } from '#segue/pipeline/schedule.js';
import { dashboardTexts } from '../../deploy/grafana/src/all.js';
import { panelsOf } from '../monitoring/panels.js';
import { type Daemon, query, start } from './programs.js';
import { writePrometheus } from './quicker.js';
import { type AskedService, openAskedService } from './service.js';

const PATIENCE = { timeout: 60_000, interval: 500 };

let service: AskedService;
let prometheus: Daemon;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segue-dashboards-'));
  service = await openAskedService(folder);
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
  await prometheus.stop();
  await service.close();
});

describe.each(dashboardTexts())('%s, from a real Prometheus', (_name, text) => {
  const series = panelsOf(text).flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({
      title,
      expr: expr.replaceAll('$job', 'segue').replaceAll('$__rate_interval', '10s'),
    })),
  );

  it.each(series)('$title: $expr', async ({ expr }) => {
    await expect
      .poll(
        async () => (await query(prometheus, expr)).filter(({ value }) => Number.isFinite(value)).length,
        PATIENCE,
      )
      .toBeGreaterThan(0);
  });
});

it('the list of services that a dashboard offers is of those that Prometheus scrapes', async () => {
  const answer = await fetch(`${prometheus.url}/api/v1/label/job/values?match[]=segue_build_info`);
  expect(await answer.json()).toMatchObject({ data: ['segue'] });
});
