import { median } from '../report.js';
import type { Drive } from './drive.js';

export interface Contender {
  readonly name: string;
  readonly drives: Drive[];
}

/** What `npm run load -- --json` tells. */
export interface LoadFigures {
  readonly users: number;
  readonly seconds: number;
  readonly requests: number;
  readonly requests_per_second: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  readonly errors: number;
}

export interface ServiceFigures {
  /** Whether server and client had a core each. */
  readonly pinned: boolean;
  readonly rounds: number;
  /** Of each drive. */
  readonly seconds: number;
  readonly connections: number;
  /** Segue first. */
  readonly contenders: readonly Contender[];
  readonly overload: readonly { readonly connections: number; readonly drive: Drive }[];
  readonly users: LoadFigures;
}

export interface Summary {
  readonly vs_bare_http: number;
  readonly vs_fastapi: number;
  readonly p95_ms_100_users: number;
  readonly errors: number;
  readonly overload_p95_ms: number;
}

/** The bars of issue 4. */
const BARS = {
  vs_bare_http: 0.75,
  vs_fastapi: 8,
  p95_ms_100_users: 50,
  errors: 0,
  overload_p95_ms: 50,
} as const;

export function summaryOf({ contenders, overload, users }: ServiceFigures): Summary {
  const [segue, bare, fastapi] = contenders as [Contender, Contender, Contender];
  const clock = (peer: Contender): number => ratio(segue, peer, ({ perSecond }) => perSecond);
  const core = (peer: Contender): number => ratio(segue, peer, ({ perCpuSecond }) => perCpuSecond);
  return {
    // The client may hold up the faster of two servers: the smaller ratio is the true one.
    vs_bare_http: smaller(clock(bare), core(bare)),
    vs_fastapi: smaller(clock(fastapi), core(fastapi)),
    p95_ms_100_users: users.p95_ms,
    errors: users.errors,
    overload_p95_ms: overload[0]!.drive.accepted.p95,
  };
}

function smaller(clock: number, core: number): number {
  return Number.isNaN(core) ? clock : Math.min(clock, core);
}

/** Median over the rounds of the ratio within each. */
function ratio(a: Contender, b: Contender, of: (drive: Drive) => number): number {
  return median(a.drives.map((drive, round) => of(drive) / of(b.drives[round]!)));
}

export function renderService(figures: ServiceFigures, machine: string): string {
  const { contenders, connections, rounds, seconds, overload, users, pinned } = figures;
  const summary = summaryOf(figures);
  return [
    '# `npm run bench:service`',
    '',
    machine,
    '',
    '| | measured | bar |',
    '| --- | ---: | ---: |',
    `| requests/s on one core against bare \`node:http\` | ${percent(summary.vs_bare_http)} | ${percent(BARS.vs_bare_http)} |`,
    `| requests/s against FastAPI, uvicorn, scikit-learn | ${summary.vs_fastapi.toFixed(1)}× | ${BARS.vs_fastapi}× |`,
    `| P95 at ${users.users} users, ${users.seconds.toFixed(0)} s | ${summary.p95_ms_100_users.toFixed(1)} ms | < ${BARS.p95_ms_100_users} ms |`,
    `| errors meanwhile | ${summary.errors} of ${users.requests.toLocaleString('en')} | ${BARS.errors} |`,
    `| P95 of accepted requests, ${overload[0]!.connections / connections} times what it can take | ${summary.overload_p95_ms.toFixed(1)} ms | < ${BARS.overload_p95_ms} ms |`,
    '',
    '## Side by side',
    '',
    `\`POST /v1/predict/cluster\`, ${connections} kept-alive connections without a pause, autocannon; ${pinned ? 'the server on one core, the client on another' : 'server and client not bound to cores'}; ${rounds} rounds of ${seconds} s, each server started anew and warmed up; medians. Segue checks keys, counts metrics and explains its answer; \`node:http\` gives the same answer and nothing else; FastAPI checks a key, counts, and answers the segment's number alone.`,
    '',
    'Requests per second of the processor count the server’s own time, so that a client that can’t keep up doesn’t flatter it.',
    '',
    '| server | requests/s | requests per s of the processor | p50, ms | p95, ms | p99, ms | errors |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...contenders.map(rowOf),
    '',
    '## Overload',
    '',
    'More connections without a pause than one core can serve: a hundred keep it busy already. What can’t be answered in time is refused with 503.',
    '',
    '| connections | accepted/s | refused/s | accepted: p50, ms | p95, ms | p99, ms | errors |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...overload.map(
      ({ connections: many, drive: { perSecond, refusedPerSecond, accepted, errors } }) =>
        `| ${many.toLocaleString('en')} | ${whole(perSecond)} | ${whole(refusedPerSecond)} | ${accepted.p50.toFixed(1)} | ${accepted.p95.toFixed(1)} | ${accepted.p99.toFixed(1)} | ${errors} |`,
    ),
    '',
    '## Users',
    '',
    `${users.users} users of \`load/scenario.json\`, who pause between requests, for ${users.seconds.toFixed(0)} s, client and server on the same cores: ${whole(users.requests_per_second)} requests/s, p50 ${users.p50_ms.toFixed(1)}, p95 ${users.p95_ms.toFixed(1)}, p99 ${users.p99_ms.toFixed(1)} ms, ${users.errors} errors.`,
    '',
  ].join('\n');
}

function rowOf({ name, drives }: Contender): string {
  const of = (value: (drive: Drive) => number): number => median(drives.map(value));
  const latency = (['p50', 'p95', 'p99'] as const).map((at) => of(({ accepted }) => accepted[at]).toFixed(1));
  const errors = drives.reduce((sum, drive) => sum + drive.errors, 0);
  return `| ${name} | ${whole(of(({ perSecond }) => perSecond))} | ${whole(of(({ perCpuSecond }) => perCpuSecond))} | ${latency.join(' | ')} | ${errors} |`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
