import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../deploy/spark/start-connect-server.sh', import.meta.url));

/** Lines that are told of a server that ends before it serves. */
const TOLD_LINES = 20;

export interface ConnectServerOptions {
  /** A virtual environment with PySpark, whose spark-submit is found on the PATH. */
  readonly venv: string;
  /** Where it leaves what it writes. */
  readonly folder: string;
  readonly port: number;
  /** Of deploy/spark/start-connect-server.sh, beside the port. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of spark-submit. */
  readonly arguments: readonly string[];
}

/** Starts a Spark Connect server by deploy/spark/start-connect-server.sh, and waits until it serves. @returns what ends it */
export async function startConnectServer(options: ConnectServerOptions): Promise<() => Promise<void>> {
  const { SPARK_HOME: _home, ...environment } = process.env;
  const child = spawn(SCRIPT, options.arguments, {
    cwd: options.folder,
    env: {
      ...environment,
      PATH: `${join(options.venv, 'bin')}:${environment['PATH'] ?? ''}`,
      SPARK_LOCAL_IP: '127.0.0.1',
      CONNECT_PORT: String(options.port),
      ...options.environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const last: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes('Spark Connect server started at')) resolve();
      else if (last.push(line) > TOLD_LINES) last.shift();
    });
    ended.then(() => reject(new Error(`the Spark Connect server ended: ${last.join('\n')}`)), reject);
  });
  return async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    await ended;
  };
}
