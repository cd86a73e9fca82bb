import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Home, homeAt } from '../../core/home.js';
import { SPOTIFY_FEATURES } from '../../features/contract.js';
import { productionVersion } from '../../models/registry.js';
import type { Notice } from '../../notices/notice.js';
import { listPosted } from '../../notices/outbox.js';
import { createKey } from '../../service/key-file.js';

const PROGRAM = fileURLToPath(new URL('../../../bin/segue.js', import.meta.url));

/** Tracks of the catalogue that drills train on. */
const TRACKS = 3000;

/** Longest that a consequence is waited for, and how often it is looked for; milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 100;

/** What a command of the program came to. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A home of its own with a model in production, and a real server on it: where trouble is made. */
export interface Stage {
  readonly home: Home;
  readonly folder: string;
  readonly catalogue: string;
  readonly server: ChildProcess;
  readonly url: string;
  readonly key: string;
  /** Runs the program to its end, in the stage's home. @param fileLimit most bytes that a file may have */
  segue(argv: readonly string[], fileLimit?: number): Promise<Ended>;
  /** Starts the program in the stage's home. */
  begin(argv: readonly string[]): ChildProcess;
  /** Status and body of an answer. */
  ask(
    path: string,
    payload?: object,
    key?: string,
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** The value of a series, by its name and labels as they stand in /metrics; NaN where there is none. */
  metric(series: string): Promise<number>;
  notices(event: Notice['event']): Promise<readonly Notice[]>;
  production(): Promise<string | null>;
  close(): Promise<void>;
}

/** Sets the stage: a catalogue is generated, a model is trained, promoted and served. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-drill-'));
  const home = homeAt(join(folder, 'home'));
  const catalogue = join(folder, 'catalogue.csv');
  const begin = (argv: readonly string[], fileLimit?: number): ChildProcess => {
    const program = [process.execPath, PROGRAM, ...argv, '--home', home.root];
    const [command, ...rest] =
      fileLimit === undefined
        ? program
        : ['sh', '-c', `ulimit -f ${Math.ceil(fileLimit / 512)}; exec "$@"`, 'sh', ...program];
    return spawn(command!, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: quiet(process.env) });
  };
  const segue = async (argv: readonly string[], fileLimit?: number): Promise<Ended> => {
    const child = begin(argv, fileLimit);
    const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    return { exitCode, output: (await output).join('') };
  };

  const argv = ['generate', '--tracks', String(TRACKS), '--seed', '5', '--out', catalogue];
  await expectDone(spawnAlone(argv));
  const first = await segue(['run', '--source', catalogue, '--k', '4', '--starts', '2']);
  if (first.exitCode !== 0) throw new Error(`the first run failed: ${first.output}`);
  const { key } = await createKey(home, { label: 'drill', scopes: ['predict', 'read', 'admin'] }, new Date());
  const server = begin(['serve', '--port', '0']);
  const url = await urlOf(server);

  const ask: Stage['ask'] = async (path, payload, given = key) => {
    const headers = { 'x-api-key': given, 'content-type': 'application/json' };
    const init = payload === undefined ? {} : { method: 'POST', body: JSON.stringify(payload) };
    const answer = await fetch(url + path, { headers, ...init });
    return { status: answer.status, body: await answer.text() };
  };
  return {
    home,
    folder,
    catalogue,
    server,
    url,
    key,
    segue,
    begin,
    ask,
    async metric(series) {
      const { body } = await ask('/metrics');
      const line = body.split('\n').find((one) => one.startsWith(`${series} `));
      return line === undefined ? Number.NaN : Number(line.slice(series.length));
    },
    notices: async (event) =>
      (await listPosted(home)).map(({ notice }) => notice).filter((notice) => notice.event === event),
    production: () => productionVersion(home),
    async close() {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An example of the contract, which keeps every rule. */
export const EXAMPLE_TRACK: Readonly<Record<string, number>> = Object.fromEntries(
  SPOTIFY_FEATURES.features.map(({ name, example }) => [name, example]),
);

/** Waits until something holds; false where it doesn't in time. */
export async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(LOOK_MS)) {
    if (await holds()) return true;
  }
  return false;
}

/** Resolves with the address that a server prints once it serves. */
export async function urlOf(server: ChildProcess): Promise<string> {
  const errors: string[] = [];
  server.stderr!.on('data', (data: Buffer) => errors.push(String(data)));
  for await (const line of createInterface({ input: server.stdout! })) {
    const url = /Serving at (http:\S+?)[;\s]/.exec(`${line} `)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the server did not begin: ${errors.join('')}`);
}

function spawnAlone(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...argv], { stdio: 'ignore', env: quiet(process.env) });
}

async function expectDone(child: ChildProcess): Promise<void> {
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`the catalogue could not be generated: exit status ${exitCode}`);
}

/** Nobody is told of a drill, and no setting of the real service reaches it. */
function quiet(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('SEGUE_'));
  return { ...Object.fromEntries(others), SEGUE_CONFIG: 'none' };
}
