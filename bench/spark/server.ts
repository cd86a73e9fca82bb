import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startConnectServer } from '../../scripts/connect-server.js';
import { prepareVenv, pythonOf } from '../../scripts/python-venv.js';

const VENV = fileURLToPath(new URL('../../.venv-bench-spark', import.meta.url));

/** Of the server's memory, which is driver and executor in one. */
const MEMORY = '6g';

/** The Connect server that every side speaks with. */
export interface BenchServer {
  readonly address: string;
  /** How it was started, for people. */
  readonly description: string;
  /** An interpreter that has PySpark's client and scikit-learn. */
  readonly python: string;
  stop(): Promise<void>;
}

/** Installs Spark and its Python client unless they are there, and starts a server on so many cores. */
export async function startBenchServer(cores: number): Promise<BenchServer> {
  prepareVenv({ folder: VENV, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
  const folder = await mkdtemp(join(tmpdir(), 'segue-spark-'));
  const settings = { 'spark.ui.enabled': 'false', 'spark.sql.shuffle.partitions': String(cores) };
  const conf = Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  const server = await startConnectServer({
    venv: VENV,
    folder,
    arguments: ['--master', `local[${cores}]`, '--driver-memory', MEMORY, ...conf],
  });
  return {
    address: `sc://127.0.0.1:${server.port}`,
    description: `local[${cores}], ${MEMORY}, spark.sql.shuffle.partitions=${cores}`,
    python: pythonOf(VENV),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
}
