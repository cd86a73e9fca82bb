import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Result, Tally } from './measure.js';
import { SCENARIO } from './scenario.js';
import { serveHome } from './serve.js';
import { type Target, useService } from './users.js';

const USAGE = `npm run load -- [--users N] [--seconds N] [--no-pause] [--url U --key K] [--json]

Loads a running service (--url, --key or SEGUE_KEY), or one that it starts, with the users of load/scenario.json.
Exits 0 where 95 % of the answers came in time and none was wrong, 1 where not, 2 for wrong usage.
`;

const PROGRESS_MS = 10_000;

interface Flags {
  readonly users: number;
  readonly seconds: number;
  readonly pauses: boolean;
  readonly target: Target | undefined;
  readonly json: boolean;
}

function readFlags(): Flags {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: String(SCENARIO.users) },
      seconds: { type: 'string', default: String(SCENARIO.seconds) },
      'no-pause': { type: 'boolean', default: false },
      url: { type: 'string' },
      key: { type: 'string', default: process.env['SEGUE_KEY'] ?? '' },
      json: { type: 'boolean', default: false },
    },
  });
  const { url, key } = values;
  if (url !== undefined && key === '') throw new TypeError('--url needs --key or SEGUE_KEY.');
  return {
    users: positive('--users', values.users),
    seconds: positive('--seconds', values.seconds),
    pauses: !values['no-pause'],
    target: url === undefined ? undefined : { url, key },
    json: values.json,
  };
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new TypeError(`${flag} must be a whole number above 0; it is ${text}.`);
}

/** Lets all users work for so long. */
async function load(target: Target, { users, seconds, pauses }: Flags): Promise<Result> {
  const tally = new Tally();
  const stop = new AbortController();
  const scenario = pauses ? SCENARIO : { ...SCENARIO, pause_ms: { min: 0, max: 0 } };
  const began = Date.now();
  const elapsed = (): number => (Date.now() - began) / 1000;
  const progress = setInterval(() => say(lineOf(tally.result(elapsed()))), PROGRESS_MS);
  const working = Array.from({ length: users }, (_, user) =>
    useService(user, target, scenario, tally, stop.signal),
  );
  await pause(seconds * 1000);
  stop.abort();
  await Promise.all(working);
  clearInterval(progress);
  return tally.result(elapsed());
}

function lineOf({ seconds, requests, requests_per_second, p50_ms, p95_ms, p99_ms, errors }: Result): string {
  const latency = `p50 ${p50_ms.toFixed(1)}, p95 ${p95_ms.toFixed(1)}, p99 ${p99_ms.toFixed(1)} ms`;
  return `${seconds.toFixed(0)} s  ${requests} requests (${requests_per_second.toFixed(0)}/s)  ${latency}  ${errors} errors`;
}

function tableOf({ actions }: Result): string {
  const rows = Object.entries(actions).map(
    ([name, { requests, p50_ms, p95_ms, p99_ms, max_ms }]) =>
      `  ${name.padEnd(14)}${String(requests).padStart(9)}${[p50_ms, p95_ms, p99_ms, max_ms].map((ms) => ms.toFixed(1).padStart(9)).join('')}`,
  );
  return [`  ${'action'.padEnd(14)} requests  p50 ms   p95 ms   p99 ms   max ms`, ...rows].join('\n');
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function main(flags: Flags): Promise<void> {
  const own = flags.target === undefined ? await serveHome() : undefined;
  try {
    const result = await load(flags.target ?? own!, flags);
    const { p95_ms, errors } = SCENARIO.thresholds;
    const broken = [
      ...(result.p95_ms < p95_ms ? [] : [`p95 is ${result.p95_ms.toFixed(1)} ms; it must be < ${p95_ms} ms`]),
      ...(result.errors <= errors ? [] : [`${result.errors} errors; there may be ${errors}`]),
      ...(result.requests > 0 ? [] : ['nothing was answered']),
    ];
    say([lineOf(result), tableOf(result), ...result.failures].join('\n'));
    for (const line of broken) say(`broken: ${line}`);
    if (flags.json)
      process.stdout.write(
        `${JSON.stringify({ ...result, users: flags.users, passed: broken.length === 0 })}\n`,
      );
    process.exitCode = broken.length === 0 ? 0 : 1;
  } finally {
    await own?.stop();
  }
}

let flags: Flags | undefined;
try {
  flags = readFlags();
} catch (error) {
  say(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
if (flags !== undefined) await main(flags);
