/**
 * What the metrics cost on the path of a request: the same server with them and with nothing that counts, interleaved, each on one core with
 * the client on another. Both are scraped as deploy/prometheus does it, every 15 seconds; one has nothing to tell.
 *
 *     npm run bench:metrics                                  9 rounds of 15 seconds
 *     npm run bench:metrics -- --rounds 9 --seconds 15 --json
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { peerScript } from './peers/python.js';
import { describeMachine, median } from './report.js';
import { bindClient, PINNED } from './service/cores.js';
import { type Drive, drive } from './service/drive.js';
import { startServer } from './service/server.js';

const RESULTS = new URL('./results/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));

/** A hundred users who do not wait keep one core busy. */
const CONNECTIONS = 100;

const WARM_UP_SECONDS = 3;

const SCRAPE_MS = 15_000;

/** At most this share of requests a second. */
const BAR = 0.03;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
  },
});

const work = await mkdtemp(join(tmpdir(), 'segue-metrics-'));
try {
  const { home, key } = await prepare();
  bindClient();
  const [counted, plain]: [Drive[], Drive[]] = [[], []];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    process.stderr.write(`round ${round + 1} of ${values.rounds}\n`);
    const order = round % 2 === 0 ? (['metrics', 'nothing'] as const) : (['nothing', 'metrics'] as const);
    for (const kind of order) (kind === 'metrics' ? counted : plain).push(await driven(kind, home, key));
  }
  const ratios = counted.map(({ perCpuSecond }, round) => 1 - perCpuSecond / plain[round]!.perCpuSecond);
  const figures = {
    cost: median(ratios),
    quartiles: [0.25, 0.75].map(
      (share) => ratios.toSorted((a, b) => a - b)[Math.floor(share * (ratios.length - 1))]!,
    ),
    with_metrics_per_second: median(counted.map(({ perCpuSecond }) => perCpuSecond)),
    without_per_second: median(plain.map(({ perCpuSecond }) => perCpuSecond)),
    errors: [...counted, ...plain].reduce((sum, { errors }) => sum + errors, 0),
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

async function driven(kind: 'metrics' | 'nothing', home: string, key: string): Promise<Drive> {
  const server = await startServer([
    process.execPath,
    '--import',
    'tsx',
    peerScript('observed.ts'),
    home,
    kind,
  ]);
  const scrape = (): void => void fetch(`${server.url}/metrics`).then((answer) => answer.text());
  let timer: NodeJS.Timeout | undefined;
  try {
    await drive(server, key, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
    scrape();
    timer = setInterval(scrape, SCRAPE_MS);
    return await drive(server, key, { connections: CONNECTIONS, seconds: Number(values.seconds) });
  } finally {
    clearInterval(timer);
    await server.close();
  }
}

function render({
  cost,
  quartiles,
  with_metrics_per_second,
  without_per_second,
  errors,
}: {
  readonly cost: number;
  readonly quartiles: readonly number[];
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
    `| middle half of the rounds | ${quartiles.map(percent).join(' to ')} | |`,
    `| requests per second of the processor, with them | ${with_metrics_per_second.toFixed(0)} | |`,
    `| without | ${without_per_second.toFixed(0)} | |`,
    `| errors | ${errors} | 0 |`,
    '',
    `${values.rounds} rounds of ${values.seconds} s each, in turn and in turns of order, single predictions on ${CONNECTIONS} kept-alive connections; ${PINNED ? 'a core each for server and client' : 'server and client share the cores'}; a scrape every ${SCRAPE_MS / 1000} s.`,
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
