/**
 * What the metrics cost on the path of a request: a server that turns them off and on four times a second while it is asked without a
 * pause, a core each for it and for the client. What a scrape takes is measured apart and added, one every 15 seconds.
 *
 *     npm run bench:metrics                                  8 processes of 20 seconds
 *     npm run bench:metrics -- --processes 8 --seconds 20 --json
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { Slice } from './peers/observed.js';
import { peerScript } from './peers/python.js';
import { describeMachine, median } from './report.js';
import { bindClient, PINNED } from './service/cores.js';
import { drive } from './service/drive.js';
import { startServer } from './service/server.js';

const RESULTS = new URL('./results/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));

/** A hundred users who do not wait keep one core busy. */
const CONNECTIONS = 100;

/** Slices of each process that are not counted: three seconds. */
const WARM_UP_SLICES = 12;

const SCRAPE_SECONDS = 15;

/** At most this share of requests a second. */
const BAR = 0.03;

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-metrics-'));
try {
  const { home, key } = await prepare();
  bindClient();
  const runs: Run[] = [];
  for (let run = 0; run < Number(values.processes); run += 1) {
    process.stderr.write(`process ${run + 1} of ${values.processes}\n`);
    runs.push(await driven(home, key));
  }
  const figures = figuresOf(runs);
  const report = render(figures);
  await writeFile(new URL('metrics.md', RESULTS), report);
  process.stdout.write(report);
  if (values.json) process.stdout.write(`${JSON.stringify({ metrics_cost: figures.cost })}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}

async function prepare() {
  const exec = promisify(execFile);
  const segue = async (...argv: string[]) => (await exec(process.execPath, [PROGRAM, ...argv])).stdout.trim();
  const [home, catalogue] = [join(work, 'home'), join(work, 'catalogue.csv')];
  await segue('generate', '--tracks', '20000', '--seed', '7', '--out', catalogue);
  await segue('run', '--home', home, '--source', catalogue, '--k', '5', '--starts', '3');
  return { home, key: await segue('keys', 'create', '--home', home, '--scopes', 'predict') };
}

interface Run {
  readonly slices: readonly Slice[];
  /** Processor time of one scrape. */
  readonly scrapeSeconds: number;
  readonly errors: number;
}

async function driven(home: string, key: string): Promise<Run> {
  const results = join(work, 'slices.json');
  const command = [process.execPath, '--import', 'tsx', peerScript('observed.ts'), home, results];
  const server = await startServer(command);
  let errors: number;
  try {
    ({ errors } = await drive(server, key, { connections: CONNECTIONS, seconds: Number(values.seconds) }));
  } finally {
    await server.close();
  }
  return { ...(JSON.parse(await readFile(results, 'utf8')) as Omit<Run, 'errors'>), errors };
}

function figuresOf(runs: readonly Run[]) {
  const pairs = runs.flatMap(({ slices }) => pairsOf(slices.slice(WARM_UP_SLICES, -1)));
  const ratios = pairs.map(({ on, off }) => 1 - rateOf(on) / rateOf(off)).toSorted((a, b) => a - b);
  const scrapes = median(runs.map(({ scrapeSeconds }) => scrapeSeconds)) / SCRAPE_SECONDS;
  return {
    cost: median(ratios) + scrapes,
    between: intervalOfMedian(ratios).map((bound) => bound + scrapes),
    scrapes,
    pairs: pairs.length,
    withMetrics: median(pairs.map(({ on }) => rateOf(on))),
    without: median(pairs.map(({ off }) => rateOf(off))),
    errors: runs.reduce((sum, { errors }) => sum + errors, 0),
  };
}

interface Pair {
  readonly on: Slice;
  readonly off: Slice;
}

/** Neighbours, one with metrics and one without. */
function pairsOf(slices: readonly Slice[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < slices.length; i += 2) {
    const [one, other] = [slices[i]!, slices[i + 1]!];
    if (one.on !== other.on) pairs.push(one.on ? { on: one, off: other } : { on: other, off: one });
  }
  return pairs;
}

/** Requests per second of the server's processor. */
function rateOf({ requests, cpuSeconds }: Slice): number {
  return requests / cpuSeconds;
}

/** 95 % interval of the median, by order statistics: half of so many fair coins' heads, give or take 1.96 standard deviations. */
function intervalOfMedian(sorted: readonly number[]): readonly number[] {
  const n = sorted.length;
  const reach = (1.96 * Math.sqrt(n)) / 2;
  return [n / 2 - reach - 1, n / 2 + reach].map(
    (place) => sorted[Math.min(n - 1, Math.max(0, Math.round(place)))]!,
  );
}

function render(figures: ReturnType<typeof figuresOf>): string {
  const { cost, between, scrapes, pairs, withMetrics, without, errors } = figures;
  return [
    '# `npm run bench:metrics`',
    '',
    describeMachine(),
    '',
    '| | measured | bar |',
    '| --- | ---: | ---: |',
    `| what metrics, windows of drift and scrapes cost, of requests/s | ${percent(cost)} | ≤ ${percent(BAR)} |`,
    `| 95 % interval of that | ${between.map((bound) => percent(bound)).join(' to ')} | |`,
    `| scrapes alone | ${percent(scrapes, 2)} | |`,
    `| requests per second of the processor, with them | ${withMetrics.toFixed(0)} | |`,
    `| without | ${without.toFixed(0)} | |`,
    `| errors | ${errors} | 0 |`,
    '',
    `The median over ${pairs} pairs of neighbouring quarters of a second, one with metrics and one without, in ${values.processes} processes; single predictions on ${CONNECTIONS} kept-alive connections; ${PINNED ? 'a core each for server and client' : 'server and client share the cores'}; a scrape every ${SCRAPE_SECONDS} s.`,
    '',
  ].join('\n');
}

function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
