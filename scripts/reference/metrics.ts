import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { homeAt } from '#segue/core/home.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { assembleService } from '#segue/service/assemble.js';
import { createLogger } from '#segue/service/log.js';
import { escaped, table } from './markdown.js';

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** docs/reference/metrics.md: what a service that was asked something exposes at /metrics. */
export async function metricsReference(): Promise<string> {
  const metrics = await exposedMetrics();
  const own = metrics.filter(({ name }) => name.startsWith('segue_'));
  return [
    '# Metrics',
    '',
    '<!-- Made by npm run reference from what the service exposes. -->',
    '',
    'What `GET /metrics` tells Prometheus. A name never changes its meaning within `/v1` ([versions](../releases.md)); how to use them is in',
    '[the API](../api.md#figures), what is watched in [monitoring](../monitoring.md).',
    '',
    '## Of Segue',
    '',
    ...metricTable(own),
    '',
    '## Of the process',
    '',
    'By `prom-client`, on Linux; elsewhere some are missing.',
    '',
    ...metricTable(metrics.filter((metric) => !own.includes(metric))),
    '',
  ].join('\n');
}

function metricTable(metrics: readonly Metric[]): string[] {
  return table(
    ['metric', 'type', 'labels', 'what'],
    metrics.map(({ name, type, help, labels }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(', '),
      escaped(help),
    ]),
  );
}

/** By name, from the text that a scrape gets; labels that no series has yet are those that the metric is declared with. */
async function exposedMetrics(): Promise<Metric[]> {
  const register = new Registry();
  const text = await scrape(register);
  const metrics = [...text.matchAll(/^# HELP (\w+) (.*)\n# TYPE \w+ (\w+)$/gm)].map(
    ([, name, help, type]) => {
      const declared = register.getSingleMetric(name!) as
        | { readonly labelNames?: readonly string[] }
        | undefined;
      const labels = declared?.labelNames ?? seenLabels(text, name!);
      return { name: name!, type: type!, help: help!, labels: labels.filter((label) => label !== 'le') };
    },
  );
  return metrics.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function seenLabels(text: string, name: string): string[] {
  const series = new RegExp(String.raw`^${name}(?:_bucket|_sum|_count)?\{(.*)\} `, 'm').exec(text)?.[1] ?? '';
  return [...series.matchAll(/(\w+)="/g)].map((match) => match[1]!);
}

/** What a service on an empty home exposes after a request. */
async function scrape(register: Registry): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-metrics-'));
  const home = homeAt(folder);
  const { app } = await assembleService({
    home,
    observer: prometheusObserver({ home, register }),
    logger: createLogger({ level: 'silent' }),
    watch: () => () => {},
  });
  try {
    await app.inject('/healthz');
    return (await app.inject('/metrics')).body;
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}
