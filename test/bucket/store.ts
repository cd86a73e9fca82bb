import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepareGoProgram } from '../../scripts/go-program.js';
import { freePort } from '../core/free-port.js';

const BIN = fileURLToPath(new URL('../../.go-bin', import.meta.url));
const GATEWAY = { module: 'github.com/versity/versitygw', version: 'v1.8.0', path: 'cmd/versitygw' };
const [ID, SECRET] = ['segue-test', 'a-secret-of-the-test'];

/** A real S3-compatible store with a bucket; the AWS SDK of this process and its children finds it by the environment. */
export interface Store {
  /** A registry of its own for each test. */
  space(): Space;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes what it holds. */
  close(): Promise<void>;
}

export interface Space {
  /** `s3://…` */
  readonly registry: string;
  /** The file in which the store keeps an object. */
  file(key: string): string;
}

/** Starts one for all tests of a file. The first time, it is built. */
export async function startStore(): Promise<Store> {
  prepareGoProgram(GATEWAY, BIN);
  const folder = await mkdtemp(join(tmpdir(), 'segue-store-'));
  const objects = join(folder, 'objects');
  const sidecar = join(folder, 'marks');
  await mkdir(join(objects, 'segments'), { recursive: true });
  await mkdir(sidecar);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: ID,
    AWS_SECRET_ACCESS_KEY: SECRET,
  });
  let stop = async (): Promise<void> => {};
  const start = async (): Promise<void> => {
    const argv = ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', sidecar, objects];
    const child = spawn(join(BIN, 'versitygw'), argv, {
      env: { ...process.env, ROOT_ACCESS_KEY: ID, ROOT_SECRET_KEY: SECRET },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'exit');
    stop = async () => {
      child.kill('SIGKILL');
      await ended;
    };
    while (!(await answers(url))) {
      if (child.exitCode !== null) throw new Error(`versitygw ended with ${child.exitCode}`);
      await pause(20);
    }
  };
  await start();
  let spaces = 0;
  return {
    space: () => {
      spaces += 1;
      const prefix = `segments/team/${spaces}`;
      return { registry: `s3://${prefix}`, file: (key) => join(objects, prefix, key) };
    },
    stop: () => stop(),
    start,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
