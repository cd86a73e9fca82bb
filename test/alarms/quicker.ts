import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALERTMANAGER, PROMETHEUS } from './programs.js';

/** Seconds that a minute takes in these tests; a day takes four. */
const MINUTE = 1;
const DAY = 4;

/** A time of the rules, shortened. What is under a minute becomes half a second. */
function shortened(time: string): string {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(time)!;
  const seconds = { s: 0, m: MINUTE, h: 2 * MINUTE, d: DAY, w: 7 * DAY }[unit as 's' | 'm' | 'h' | 'd' | 'w'];
  const scaled = Number(count) * seconds;
  return scaled === 0 ? '500ms' : `${scaled}s`;
}

/** The same rules in quick time: ranges, waits, intervals and how far a trend is drawn out are shortened, nothing else. */
export function quicker(text: string): string {
  return text
    .replaceAll(/(predict_linear\(.*?\], \d+ \* )86400\b/g, `$1${DAY}`)
    .replaceAll(/\[(\d+[smhdw])\]/g, (_, time: string) => `[${longEnough(shortened(time))}]`)
    .replaceAll(
      /((?:for|interval|offset|group_wait|group_interval|repeat_interval|scrape_interval|evaluation_interval):? )(\d+[smhdw])/g,
      (_, key: string, time: string) => `${key}${shortened(time)}`,
    );
}

/** A range must hold a few scrapes. */
function longEnough(time: string): string {
  return Number.parseFloat(time) < 5 || time.endsWith('ms') ? '5s' : time;
}

export interface Addresses {
  readonly service: string;
  readonly alertmanager: string;
}

/** Writes the project's own configuration of Prometheus into a folder, in quick time, for these addresses. */
export async function writePrometheus(folder: string, { service, alertmanager }: Addresses): Promise<string> {
  await mkdir(join(folder, 'rules'), { recursive: true });
  for (const name of readdirSync(join(PROMETHEUS, 'rules'))) {
    const rules = readFileSync(join(PROMETHEUS, 'rules', name), 'utf8');
    await writeFile(join(folder, 'rules', name), quicker(rules));
  }
  const config = quicker(readFileSync(join(PROMETHEUS, 'prometheus.yml'), 'utf8'))
    .replace('127.0.0.1:9093', new URL(alertmanager).host)
    .replace('127.0.0.1:8080', new URL(service).host);
  const path = join(folder, 'prometheus.yml');
  await writeFile(path, config);
  return path;
}

/** Likewise Alertmanager's; its mail server takes mails without a password. */
export async function writeAlertmanager(folder: string, smtpPort: number, slack: string): Promise<string> {
  await mkdir(join(folder, 'templates'), { recursive: true });
  await writeFile(join(folder, 'slack_webhook'), slack);
  const template = readFileSync(join(ALERTMANAGER, 'templates/segue.tmpl'), 'utf8');
  await writeFile(join(folder, 'templates/segue.tmpl'), template);
  const config = quicker(readFileSync(join(ALERTMANAGER, 'alertmanager.yml'), 'utf8'))
    .replace('mail.example.com:587', `127.0.0.1:${smtpPort}`)
    .replace(/ {2}smtp_auth_username.*\n {2}smtp_auth_password_file.*\n/, '  smtp_require_tls: false\n')
    .replace('/etc/alertmanager/secrets/slack_webhook', join(folder, 'slack_webhook'));
  const path = join(folder, 'alertmanager.yml');
  await writeFile(path, config);
  return path;
}
