import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { prepareVenv, pythonOf } from '../../scripts/python-venv.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folderOfSpark = fileURLToPath(new URL('../../.venv-spark', import.meta.url));

export interface SparkServer {
  /** `sc://127.0.0.1:port`. */
  readonly address: string;
  readonly port: number;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
  /** Ends it and removes what it left. */
  stop(): Promise<void>;
}

/** Spark's own name for a driver that does all work itself, with two cores of this machine. */
const TWO_CORES = 'local[2]';

/**
 * Starts a Connect server and waits until it serves.
 *
 * @param master `local-cluster[2,1,1024]`: two executors in processes of their own, of a core and 1024 MiB each
 */
export async function startSpark(
  settings: Readonly<Record<string, string>> = {},
  master = TWO_CORES,
): Promise<SparkServer> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-spark-'));
  const port = await freePort();
  const conf = {
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': String(port),
    'spark.sql.shuffle.partitions': '2',
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.ui.enabled': 'false',
    'spark.connect.progress.reportInterval': '100ms',
    // so short that whatever takes a while is attached to again
    'spark.connect.execute.reattachable.senderMaxStreamDuration': '1s',
    ...settings,
  };
  let end: () => Promise<void> = async () => {};
  const server: SparkServer = {
    address: `sc://127.0.0.1:${port}`,
    port,
    kill: () => end(),
    async start() {
      end = await spawnServer(conf, folder, master);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

/** @returns what ends it, with all its processes */
async function spawnServer(
  conf: Readonly<Record<string, string>>,
  folder: string,
  master: string,
): Promise<() => Promise<void>> {
  const { sparkHome, jar } = installedSpark();
  const child = spawn(
    join(sparkHome, 'bin', 'spark-submit'),
    [
      '--class',
      'org.apache.spark.sql.connect.service.SparkConnectServer',
      '--master',
      master,
      ...Object.entries(conf).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
      jar,
    ],
    {
      cwd: folder,
      env: { ...process.env, SPARK_HOME: sparkHome, SPARK_LOCAL_IP: '127.0.0.1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stderr });
  const last: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('Spark Connect server started at')) resolve();
      else if (last.push(line) > 20) last.shift();
    });
    ended.then(() => reject(new Error(`the Spark server ended: ${last.join('\n')}`)), reject);
  });
  return async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    await ended;
  };
}

/** Installs Spark unless it is there. */
export function prepareSpark(): void {
  const requirements = join(here, 'requirements.txt');
  prepareVenv({ folder: folderOfSpark, requirements, withoutDependencies: true });
}

/** PySpark's package holds all of Spark, its Connect server included. */
function installedSpark(): { readonly sparkHome: string; readonly jar: string } {
  const script = `
import glob, os, importlib.util
home = os.path.dirname(importlib.util.find_spec('pyspark').origin)
print(home)
print(*glob.glob(os.path.join(home, 'jars', 'spark-connect_*.jar')))`;
  const out = execFileSync(pythonOf(folderOfSpark), ['-c', script], { encoding: 'utf8' });
  const [sparkHome, jar] = out.split('\n') as [string, string];
  return { sparkHome, jar };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
