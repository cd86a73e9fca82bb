import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prepareVenv } from '../../scripts/python-venv.js';
import { PROGRAM } from '../cli/start.js';
import { freePort } from '../core/free-port.js';

const folder = fileURLToPath(new URL('../../.venv-airflow', import.meta.url));
const DAGS = fileURLToPath(new URL('../../deploy/airflow/dags', import.meta.url));
const STATES = fileURLToPath(new URL('states.py', import.meta.url));

export const DAG = 'spotify_clustering_dag';

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
}

export function programOf(name: 'airflow' | 'python' | 'ruff'): string {
  return join(folder, 'bin', name);
}

/** Of a run, and of its tasks: state, and how often each was tried. */
export interface States {
  readonly run: string | null;
  readonly tasks: Readonly<Record<string, readonly [state: string | null, tries: number]>>;
}

export interface Airflow {
  /** Segue's home folder. */
  readonly home: string;
  readonly folder: string;
  trigger(run: string, params: Readonly<Record<string, string>>): Promise<void>;
  states(run: string): Promise<States>;
  stop(): Promise<void>;
}

/** A real Airflow on a database of its own: scheduler, DAG processor, API server, tasks in processes of their own. */
export async function startAirflow(settings: Readonly<Record<string, string>>): Promise<Airflow> {
  const at = await mkdtemp(join(tmpdir(), 'segue-airflow-'));
  const port = String(await freePort());
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    AIRFLOW_HOME: at,
    AIRFLOW__CORE__DAGS_FOLDER: DAGS,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: 'False',
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://127.0.0.1:${port}/execution/`,
    AIRFLOW__API__PORT: port,
    AIRFLOW__API__BASE_URL: `http://127.0.0.1:${port}`,
    AIRFLOW__API__WORKERS: '1',
    SEGUE: `'${process.execPath}' '${PROGRAM}'`,
    SEGUE_HOME: join(at, 'segue'),
    SEGUE_SCHEDULE: '0 5 1 1 *',
    SEGUE_RETRY_DELAY: '1',
    ...settings,
  };
  const airflow = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(programOf('airflow'), args, { env, maxBuffer: 2 ** 26 })).stdout;
  await airflow('db', 'migrate');
  await airflow('dags', 'reserialize');
  const child = spawn(programOf('airflow'), ['standalone'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Airflow is ready')) resolve();
    });
    void ended.then(() => reject(new Error('airflow standalone ended')));
  });
  return {
    home: env.SEGUE_HOME,
    folder: at,
    async trigger(run, params) {
      await airflow('dags', 'trigger', DAG, '--run-id', run, '--conf', JSON.stringify(params));
    },
    async states(run) {
      const { stdout } = await promisify(execFile)(programOf('python'), [
        STATES,
        join(at, 'airflow.db'),
        run,
      ]);
      return JSON.parse(stdout) as States;
    },
    async stop() {
      process.kill(-child.pid!, 'SIGTERM');
      await ended;
      await rm(at, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
