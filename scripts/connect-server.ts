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
  /** Of deploy/spark/start-connect-server.sh; it listens at a port that is free. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of spark-submit. */
  readonly arguments: readonly string[];
}

export interface ConnectServer {
  /** Of 127.0.0.1. */
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a Spark Connect server by deploy/spark/start-connect-server.sh, and waits until it serves. */
export async function startConnectServer(options: ConnectServerOptions): Promise<ConnectServer> {
  const { SPARK_HOME: _home, ...environment } = process.env;
  const child = spawn(SCRIPT, options.arguments, {
    cwd: options.folder,
    env: {
      ...environment,
      PATH: `${join(options.venv, 'bin')}:${environment['PATH'] ?? ''}`,
      SPARK_LOCAL_IP: '127.0.0.1',
      CONNECT_PORT: '0',
      ...options.environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const last: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const started = /Spark Connect server started at: \S+:(\d+)/.exec(line);
      if (started !== null) resolve(Number(started[1]));
      else if (last.push(line) > TOLD_LINES) last.shift();
    });
    ended.then(() => reject(new Error(`the Spark Connect server ended: ${last.join('\n')}`)), reject);
  });
  return {
    port,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
      await ended;
    },
  };
}
