import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { freePort } from '../core/free-port.js';
import { ROOT } from '../docs/files.js';

/** Longest that anything here is waited for. */
const PATIENCE = { timeout: 60_000, interval: 50 };

/** How long a replica goes on after SIGTERM: longer than the three checks after which the proxy takes it out. */
const LEAVE = '5s';

/** A service behind a proxy. */
export interface Replica {
  readonly url: string;
  /** Stops it as an orchestrator does, and starts it in its place, from another folder of the program's code maybe. */
  replace(code: string): Promise<void>;
}

/** Two replicas on one home, and HAProxy in front of them by the configuration of deploy/. */
export async function startFleet(
  home: string,
): Promise<{ readonly url: string; readonly replicas: readonly Replica[] }> {
  const replicas = [await startReplica(home), await startReplica(home)];
  const front = `127.0.0.1:${await freePort()}`;
  const [a, b] = replicas.map(({ url }) => new URL(url).host);
  const proxy = spawn('haproxy', ['-db', '-f', join(ROOT, 'deploy/haproxy/haproxy.cfg')], {
    env: { ...process.env, SEGUE_FRONT: front, SEGUE_A: a, SEGUE_B: b },
    stdio: 'ignore',
  });
  onTestFinished(() => stop(proxy));
  const url = `http://${front}`;
  await ready(url);
  return { url, replicas };
}

async function startReplica(home: string): Promise<Replica> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const begin = async (code: string): Promise<ChildProcess> => {
    const argv = [join(code, 'bin/segue.js'), 'serve', '--home', home, '--port', port, '--leave-time', LEAVE];
    const child = spawn(process.execPath, argv, { stdio: 'ignore' });
    await ready(url);
    return child;
  };
  let child = await begin(ROOT);
  onTestFinished(() => stop(child, 'SIGKILL'));
  return {
    url,
    replace: async (code) => {
      await stop(child);
      child = await begin(code);
    },
  };
}

async function ready(url: string): Promise<void> {
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), PATIENCE);
}

async function stop(child: ChildProcess, by: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(by);
  await ended;
}

/** The program's code in another folder and with another version, as a release leaves it. */
export async function newerCode(folder: string, version: string): Promise<string> {
  for (const part of ['bin', 'dist']) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await mkdir(join(folder, 'web'));
  await cp(join(ROOT, 'web/dist'), join(folder, 'web/dist'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as object;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, version }));
  return folder;
}

/** The version of the code that answers there. */
export async function codeAt(url: string): Promise<string> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    readonly info: { readonly version: string };
  };
  return document.info.version;
}
