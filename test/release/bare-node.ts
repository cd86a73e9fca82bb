import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../core/temp.js';

const exec = promisify(execFile);

/** Variables of this checkout, of its tests and of the npm that runs them; those that say where a registry is stay. */
const OURS =
  /^(SEGUE_|NODE_(OPTIONS|PATH|ENV)|VITEST|INIT_CWD|npm_(?!config_registry|config_userconfig|config_cafile))/;

/** A machine that has one version of Node with the npm that it comes with, and a shell; nothing else is on its PATH. */
export interface BareNode {
  readonly run: (cwd: string, program: string, ...args: readonly string[]) => Promise<string>;
  /** Starts a program; resolves with its lines once one of them fits. */
  readonly start: (
    cwd: string,
    fits: RegExp,
    program: string,
    ...args: readonly string[]
  ) => Promise<Started>;
}

export interface Started {
  readonly lines: readonly string[];
  /** Ends it, and what it started, as a power cut would. */
  readonly kill: () => Promise<void>;
}

/** Gets the versions from npm's registry. Nothing that npm keeps between installs is used. */
export async function bareNode(version: string, npm: string): Promise<BareNode> {
  const folder = await tempFolder();
  const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  const env = { ...Object.fromEntries(inherited), npm_config_cache: join(folder, 'cache') };
  const packages = [`node@${version}`, `npm@${npm}`];
  await exec('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...packages], {
    cwd: folder,
    env,
  });

  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const name of ['node', 'npm', 'npx'])
    await symlink(join(folder, 'node_modules/.bin', name), join(bin, name));
  await symlink('/bin/sh', join(bin, 'sh'));
  const bare = { ...env, PATH: bin, npm_config_cache: join(folder, 'cache-of-its-own') };

  return {
    run: async (cwd, program, ...args) =>
      (await exec(join(bin, program), args, { cwd, env: bare, maxBuffer: 2 ** 24 })).stdout.trim(),
    start: async (cwd, fits, program, ...args) => {
      const child = spawn(join(bin, program), args, {
        cwd,
        env: bare,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true, // a process group of its own, which is killed as one
      });
      const kill = async (): Promise<void> => killGroup(child);
      onTestFinished(kill);
      return { lines: await linesUntil(child, fits), kill };
    },
  };
}

async function linesUntil(child: ChildProcess, fits: RegExp): Promise<readonly string[]> {
  const lines: string[] = [];
  let complaints = '';
  child.stderr!.on('data', (text: Buffer) => {
    complaints += text.toString();
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    if (fits.test(line)) return lines;
  }
  throw new Error(`It ended before it was ready:\n${lines.join('\n')}\n${complaints}`);
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid!, 'SIGKILL');
  await exited;
}
