/**
 * Drives `POST /v1/predict/cluster` of a real `segue serve` beside two peers that do the same: a bare `node:http` handler, and FastAPI with
 * uvicorn and scikit-learn, interleaved, each on one core with the client on another; then overload; then 100 users for five minutes.
 *
 *     npm run bench:service                                  5 rounds of 8 seconds, 300 seconds of users
 *     npm run bench:service -- --rounds 5 --seconds 8 --users-seconds 300 --json
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { peerEnvironment, peerScript, preparePython } from './peers/python.js';
import { describeMachine, median } from './report.js';
import { bindClient, onAllCores, PINNED } from './service/cores.js';
import { type Drive, drive } from './service/drive.js';
import { type Served, startServer } from './service/server.js';
import {
  type Contender,
  type LoadFigures,
  renderService,
  type ServiceFigures,
  summaryOf,
} from './service/table.js';

const RESULTS = new URL('./results/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));
const LOAD = fileURLToPath(new URL('../load/run.ts', import.meta.url));

/** Connections of the comparison: a hundred users who do not wait. They keep one core busy. */
const CONNECTIONS = 100;

/** Connections of the overload: five times those, and more. */
const OVERLOAD = [500, 1_000, 2_000];

/** Seconds of each server before anything is counted. */
const WARM_UP = 5;

const exec = promisify(execFile);
const segue = async (...argv: string[]): Promise<string> =>
  (await exec(process.execPath, [PROGRAM, ...argv])).stdout.trim();

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    'users-seconds': { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
});

const python = preparePython();
const work = await mkdtemp(join(tmpdir(), 'segue-service-'));
try {
  const figures = await measure(Number(values.rounds), Number(values.seconds), values['users-seconds']);
  const report = renderService(figures, describeMachine());
  await writeFile(new URL('service.md', RESULTS), report);
  await writeFile(new URL('service.json', RESULTS), `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(report);
  if (values.json) process.stdout.write(`${JSON.stringify(summaryOf(figures))}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}

async function measure(rounds: number, seconds: number, usersSeconds: string): Promise<ServiceFigures> {
  const { home, key, commands } = await prepare();
  const users = await useLoad(usersSeconds);
  bindClient();
  const contenders: Contender[] = commands.map(({ name }) => ({ name, drives: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, { name, command, env }] of commands.entries()) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`);
      const driven = await served(command, env, (server) => warmDrive(server, key, CONNECTIONS, seconds));
      contenders[i]!.drives.push(driven);
    }
  }
  const overload: { connections: number; drive: Drive }[] = [];
  for (const connections of OVERLOAD) {
    process.stderr.write(`overload: ${connections} connections\n`);
    const drives: Drive[] = [];
    for (let round = 0; round < rounds; round += 1)
      drives.push(
        await served([process.execPath, PROGRAM, 'serve', '--port', '0', '--home', home], {}, (server) =>
          warmDrive(server, key, connections, seconds),
        ),
      );
    overload.push({ connections, drive: middleOf(drives) });
  }
  return { pinned: PINNED, rounds, seconds, connections: CONNECTIONS, contenders, overload, users };
}

/** A home with a model of a synthetic catalogue, a key, and how each contender is started. */
async function prepare() {
  const [home, catalogue, joblib] = ['home', 'catalogue.csv', 'model.joblib'].map((name) =>
    join(work, name),
  ) as [string, string, string];
  await segue('generate', '--tracks', '20000', '--seed', '7', '--out', catalogue);
  await segue('run', '--home', home, '--source', catalogue, '--k', '5', '--starts', '3');
  await segue('export', '--home', home, '--format', 'joblib', '--out', joblib);
  const key = await segue('keys', 'create', '--home', home, '--scopes', 'predict');
  const [version] = await readdir(join(home, 'models'));
  const model = join(home, 'models', version!, 'model.json');
  const node = [process.execPath];
  const commands = [
    { name: 'segue', command: [...node, PROGRAM, 'serve', '--port', '0', '--home', home], env: {} },
    { name: 'node:http', command: [...node, '--import', 'tsx', peerScript('bare-http.ts'), model], env: {} },
    {
      name: 'FastAPI',
      command: [python, peerScript('fastapi_service.py'), joblib],
      env: { ...definedOf(peerEnvironment(1)), SEGUE_KEY: key },
    },
  ];
  return { home, key, commands };
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function served<T>(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (server: Served) => Promise<T>,
): Promise<T> {
  const server = await startServer(command, env);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

async function warmDrive(server: Served, key: string, connections: number, seconds: number): Promise<Drive> {
  await drive(server, key, { connections, seconds: WARM_UP });
  return drive(server, key, { connections, seconds });
}

/** The drive with the median P95. */
function middleOf(drives: readonly Drive[]): Drive {
  const p95 = median(drives.map(({ accepted }) => accepted.p95));
  return drives.toSorted((a, b) => Math.abs(a.accepted.p95 - p95) - Math.abs(b.accepted.p95 - p95))[0]!;
}

/** `npm run load`, on all cores as users would have it. */
async function useLoad(seconds: string): Promise<LoadFigures> {
  process.stderr.write(`100 users for ${seconds} s\n`);
  const command = onAllCores([process.execPath, '--import', 'tsx', LOAD, '--seconds', seconds, '--json']);
  const { stdout } = await exec(command[0]!, command.slice(1)).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }));
  return JSON.parse(stdout) as LoadFigures;
}
