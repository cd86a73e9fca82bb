/**
 * What the metrics cost on the path of a request: a server that turns them on and off, driven in slices of a second, a core each for it and
 * for the client. Both sides are scraped as deploy/prometheus does it, every 15 seconds; one has nothing to tell.
 *
 *     npm run bench:metrics                                  9 processes, 12 pairs of slices each
 *     npm run bench:metrics -- --processes 9 --pairs 12 --json
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { peerScript } from './peers/python.js';
import { describeMachine, median } from './report.js';
import { bindClient, PINNED } from './service/cores.js';
import { drive } from './service/drive.js';
import { startServer } from './service/server.js';

const RESULTS = new URL('./results/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));

/** A hundred users who do not wait keep one core busy. */
const CONNECTIONS = 100;

const WARM_UP_SECONDS = 3;

const SCRAPE_SECONDS = 15;

/** At most this share of requests a second. */
const BAR = 0.03;

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '9' },
    pairs: { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-metrics-'));
try {
  const { home, key } = await prepare();
  bindClient();
  const pairs: Pair[] = [];
  for (let round = 0; round < Number(values.processes); round += 1) {
    process.stderr.write(`process ${round + 1} of ${values.processes}\n`);
    pairs.push(...(await compared(home, key)));
  }
  const ratios = pairs.map(({ on, off }) => 1 - rateOf(on) / rateOf(off)).toSorted((a, b) => a - b);
  const figures = {
    cost: median(ratios),
    between: intervalOfMedian(ratios),
    with_metrics_per_second: median(pairs.map(({ on }) => rateOf(on))),
    without_per_second: median(pairs.map(({ off }) => rateOf(off))),
    errors: pairs.reduce((sum, { on, off }) => sum + on.errors + off.errors, 0),
  };
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

/** What a server did in one slice. */
interface Slice {
  readonly answers: number;
  readonly cpuSeconds: number;
  readonly errors: number;
}

interface Pair {
  readonly on: Slice;
  readonly off: Slice;
}

/** Answers per second of the server's processor. */
function rateOf({ answers, cpuSeconds }: Slice): number {
  return answers / cpuSeconds;
}

/** One process with metrics on and off in turn; each pair begins with the other side than the one before it. */
async function compared(home: string, key: string): Promise<Pair[]> {
  const server = await startServer([process.execPath, '--import', 'tsx', peerScript('observed.ts'), home]);
  const slice = async (side: keyof Pair, seconds: number, scraped: boolean): Promise<Slice> => {
    server.signal(side === 'on' ? 'SIGUSR2' : 'SIGHUP');
    const before = await server.cpuSeconds();
    const exposed = scraped ? scrape(server.url) : undefined;
    const { perCpuSecond, cpuSeconds, errors } = await drive(server, key, {
      connections: CONNECTIONS,
      seconds,
    });
    await exposed;
    return { answers: perCpuSecond * cpuSeconds, cpuSeconds: (await server.cpuSeconds()) - before, errors };
  };
  try {
    const warm = await slice('on', WARM_UP_SECONDS, true);
    await slice('off', WARM_UP_SECONDS, true);
    const pairs: Pair[] = [];
    while (pairs.length < Number(values.pairs)) {
      const scraped = pairs.length % SCRAPE_SECONDS === 0;
      const first = pairs.length % 2 === 0 ? 'on' : 'off';
      const one = await slice(first, 1, scraped);
      const other = await slice(first === 'on' ? 'off' : 'on', 1, scraped);
      pairs.push(first === 'on' ? { on: one, off: other } : { on: other, off: one });
    }
    server.signal('SIGUSR2');
    const answered = pairs.reduce((sum, { on }) => sum + on.answers, warm.answers);
    checkCounted(await scrape(server.url), answered);
    return pairs;
  } finally {
    await server.close();
  }
}

/** 95 % interval of the median, by order statistics: half of so many fair coins' heads, give or take 1.96 standard deviations. */
function intervalOfMedian(sorted: readonly number[]): readonly [number, number] {
  const n = sorted.length;
  const reach = (1.96 * Math.sqrt(n)) / 2;
  const at = (place: number): number => sorted[Math.min(n - 1, Math.max(0, Math.round(place)))]!;
  return [at(n / 2 - reach - 1), at(n / 2 + reach)];
}

/** What was counted are the answers while metrics were on, and no others; a slice's end cuts some requests off. */
function checkCounted(exposition: string, answers: number): void {
  const counted = [...exposition.matchAll(/^segue_predictions_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, tracks]) => sum + Number(tracks),
    0,
  );
  if (Math.abs(counted / answers - 1) > 0.02)
    throw new Error(`${counted} tracks were counted of ${answers} that were answered with metrics on`);
}

/** On a connection of its own: between two scrapes the server closes idle ones. */
async function scrape(url: string): Promise<string> {
  const [answer] = (await once(get(`${url}/metrics`, { agent: false }), 'response')) as [IncomingMessage];
  return text(answer);
}

function render({
  cost,
  between,
  with_metrics_per_second,
  without_per_second,
  errors,
}: {
  readonly cost: number;
  readonly between: readonly [number, number];
  readonly with_metrics_per_second: number;
  readonly without_per_second: number;
  readonly errors: number;
}): string {
  return [
    '# `npm run bench:metrics`',
    '',
    describeMachine(),
    '',
    '| | measured | bar |',
    '| --- | ---: | ---: |',
    `| what metrics, windows of drift and scrapes cost, of requests/s | ${percent(cost)} | ≤ ${percent(BAR)} |`,
    `| 95 % interval of that | ${between.map(percent).join(' to ')} | |`,
    `| requests per second of the processor, with them | ${with_metrics_per_second.toFixed(0)} | |`,
    `| without | ${without_per_second.toFixed(0)} | |`,
    `| errors | ${errors} | 0 |`,
    '',
    `The median over pairs of slices of a second with metrics on and off, in turns of order: ${values.pairs} pairs in each of ${values.processes} processes; single predictions on ${CONNECTIONS} kept-alive connections; ${PINNED ? 'a core each for server and client' : 'server and client share the cores'}; a scrape every ${SCRAPE_SECONDS} slices.`,
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
