import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('../bin/segue.js', import.meta.url));

/** A server of its own: `segue serve` as users start it, on a home with a model of a synthetic catalogue. */
export interface ServedHome {
  readonly url: string;
  /** With scope `admin`. */
  readonly key: string;
  /** Ends the server as an operator would, and removes its home. */
  readonly stop: () => Promise<void>;
}

/**
 * Generates a catalogue, trains a model of it, makes a key and serves: real commands, a real process.
 *
 * @param settings environment variables of the server
 */
export async function serveHome(settings: Readonly<Record<string, string>> = {}): Promise<ServedHome> {
  const home = await mkdtemp(join(tmpdir(), 'segue-served-'));
  const env = { ...process.env, SEGUE_HOME: home, SEGUE_STARTS: '2' };
  const segue = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [PROGRAM, ...args], { cwd: home, env })).stdout.trim();
  try {
    await segue('generate', '--tracks', '5000', '--seed', '5', '--out', 'catalogue.csv');
    await segue('run', '--source', 'catalogue.csv', '--k', '5');
    const key = await segue('keys', 'create', '--scopes', 'admin', '--label', 'load');
    const { url, stop } = await startServing(home, { ...env, ...settings });
    return {
      url,
      key,
      stop: async () => {
        await stop();
        await rm(home, { recursive: true });
      },
    };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function startServing(
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'ignore'], // a line of log per request would outweigh the load
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^Serving at (http:\/\/[^\s;]+)/.exec(line);
    if (found !== null) return { url: found[1]!, stop };
  }
  throw new Error('segue serve ended before it served.');
}
