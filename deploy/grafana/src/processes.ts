import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { lines } from './panels.js';

/** What each process takes of its machine, and whether it keeps up. */
export const processes: readonly Builder<Panel>[] = [
  lines({
    title: 'How much of a core does each use?',
    description: 'A JavaScript process uses one core; near 1 it is full.',
    unit: 'percentunit',
    series: [['rate(process_cpu_seconds_total{job="$job"}[$__rate_interval])', '{{instance}}']],
    span: 8,
    min: 0,
  }),
  lines({
    title: 'How much of its memory?',
    description: 'Of its container’s limit, or of the machine.',
    unit: 'percentunit',
    series: [
      [
        'process_resident_memory_bytes{job="$job"} / on (job, instance) segue_memory_limit_bytes',
        '{{instance}}',
      ],
    ],
    limit: { above: 0.9 },
    alert: 'SegueMemoryHigh',
    span: 8,
    min: 0,
  }),
  lines({
    title: 'Does the event loop stand still?',
    description: 'All requests of the process wait meanwhile (99th percentile).',
    unit: 's',
    series: [['nodejs_eventloop_lag_p99_seconds{job="$job"}', '{{instance}}']],
    limit: { above: 0.1 },
    alert: 'SegueEventLoopSlow',
    span: 8,
    min: 0,
  }),
  lines({
    title: 'How many are under way at once?',
    description: 'Grows without end where the service cannot keep up.',
    unit: 'short',
    series: [['segue_http_requests_in_flight{job="$job"}', '{{instance}}']],
    alert: 'SegueOverloaded',
    span: 12,
    min: 0,
  }),
  lines({
    title: 'Does it restart again and again?',
    description: 'Restarts in half an hour; a roll-out makes one.',
    unit: 'short',
    series: [['changes(process_start_time_seconds{job="$job"}[30m])', '{{instance}}']],
    limit: { above: 3 },
    alert: 'SegueRestarting',
    span: 12,
    min: 0,
    decimals: 0,
  }),
];
