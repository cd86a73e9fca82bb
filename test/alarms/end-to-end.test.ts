import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daemon, query, start } from './programs.js';
import { writeAlertmanager, writePrometheus } from './quicker.js';
import { namesIn, openReceivers, type Receivers } from './receivers.js';
import { type AskedService, openAskedService } from './service.js';

const PATIENCE = { timeout: 120_000, interval: 250 };

let service: AskedService;
let receivers: Receivers;
let prometheus: Daemon;
let alertmanager: Daemon;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segue-alarms-'));
  service = await openAskedService(folder);
  receivers = await openReceivers();
  const config = join(folder, 'config');
  const alertConfig = await writeAlertmanager(config, receivers.smtpPort, receivers.webhook);
  alertmanager = await start('prometheus-alertmanager', (port) => [
    `--config.file=${alertConfig}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--data.retention=240h',
    '--cluster.listen-address=',
  ]);
  const prometheusConfig = await writePrometheus(config, {
    service: service.url,
    alertmanager: alertmanager.url,
  });
  prometheus = await start('prometheus', (port) => [
    `--config.file=${prometheusConfig}`,
    `--storage.tsdb.path=${join(folder, 'prometheus')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
});

afterAll(async () => {
  await prometheus.stop();
  await alertmanager.stop();
  await receivers.close();
  await service.close();
});

/** Names of the alerts that Alertmanager tells of now, those that another one stands for left out. */
async function told(): Promise<readonly string[]> {
  const answer = await fetch(`${alertmanager.url}/api/v2/alerts?active=true&inhibited=false`);
  const alerts = (await answer.json()) as readonly { readonly labels: Readonly<Record<string, string>> }[];
  return [...new Set(alerts.map(({ labels }) => labels['alertname']!))].toSorted();
}

interface Heard {
  readonly mails: number;
  readonly messages: number;
}

function soFar(): Heard {
  return { mails: receivers.mails.length, messages: receivers.messages.length };
}

/** Alerts that people were told of since, by mail and by Slack. */
function heard(status: 'firing' | 'resolved', since: Heard) {
  const subjects = receivers.mails.slice(since.mails).map(({ subject = '' }) => subject);
  return {
    mail: namesIn(subjects, status),
    slack: namesIn(receivers.messages.slice(since.messages), status),
  };
}

it('a healthy service that is asked for tracks of its catalogue raises nothing', async () => {
  await expect.poll(async () => (await query(prometheus, 'segue:mean_shift_z:7d')).length, PATIENCE).toBe(5);
  await expect
    .poll(async () => (await query(prometheus, 'min(segue:asked:7d)'))[0]?.value ?? 0, PATIENCE)
    .toBeGreaterThan(1000);
  expect(await query(prometheus, 'ALERTS{alertstate="firing"}')).toEqual([]);
  expect(soFar()).toEqual({ mails: 0, messages: 0 });
});

interface Injected {
  readonly what: string;
  readonly alert: string;
  begin(): unknown;
  end(): unknown;
}

const troubles: readonly Injected[] = [
  {
    what: 'requests that take long',
    alert: 'SegueSlow',
    begin: () => void (service.trouble.pause = 90),
    end: () => void (service.trouble.pause = 0),
  },
  {
    what: 'faults inside',
    alert: 'SegueErrors',
    begin: () => beginFaults(),
    end: () => endFaults(),
  },
  {
    what: 'other tracks',
    alert: 'SegueMeanDrift',
    begin: () => void (service.trouble.tempo = 20),
    end: () => void (service.trouble.tempo = 0),
  },
  {
    what: 'a model of sixteen days',
    alert: 'SegueModelOld',
    begin: () => void (service.trouble.later = 16 * 86_400_000),
    end: () => void (service.trouble.later = 0),
  },
];

let faults: NodeJS.Timeout | undefined;

/** A record that can't be read: whoever asks for runs gets a fault of the service. */
async function beginFaults(): Promise<void> {
  await writeFile(service.home.run('run-1').record, '{');
  const headers = { 'x-api-key': service.keys.read };
  faults = setInterval(() => void fetch(`${service.url}/v1/runs/run-1`, { headers }).catch(() => {}), 200);
}

function endFaults(): void {
  clearInterval(faults);
}

describe.each(troubles)('$what', (trouble) => {
  const { alert } = trouble;

  it(`is told as ${alert}, and as nothing else, by mail and Slack; and so is its end`, async () => {
    const only = { mail: [alert], slack: [alert] };
    await expect.poll(told, PATIENCE).toEqual([]);
    const before = soFar();
    await trouble.begin();
    await expect.poll(() => heard('firing', before), PATIENCE).toEqual(only);
    const since = soFar();
    await trouble.end();
    await expect.poll(() => heard('resolved', since), PATIENCE).toEqual(only);
    expect(heard('firing', before)).toEqual(only);
    await expect.poll(told, PATIENCE).toEqual([]);
  });
});
