import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../core/temp.js';
import type { Premise } from './blocks.js';
import { ROOT } from './files.js';

const exec = promisify(execFile);
const PRINTED_URL = 'http://127.0.0.1:8080';

/** Runs a command as a reader of a page would, and gives what it prints; the page's names stand for what is there. */
export type Shell = (command: string) => Promise<string>;

/** A folder that pages begin with a copy of. */
export interface Prepared {
  readonly folder: string;
  readonly key: string;
  /** In production. */
  readonly version: string;
}

/** Makes a folder with a catalogue, a model in production and a key. */
export async function prepare(folder: string): Promise<Prepared> {
  const run = plainShell(folder, { ...(await environmentIn(folder, ROOT)), SEGUE_STARTS: '2' });
  await run('npx segue generate --tracks 3000 --seed 5 --out spotify_data.csv');
  await run('npx segue run --source spotify_data.csv --k 4');
  const key = await run('npx segue keys create --scopes predict,read');
  return { folder, key, version: (await run('npx segue models production')).split(' ')[0]! };
}

/** A shell in a folder of its own: empty, a copy of the checkout, or of what was prepared, and served. */
export async function openShell({ folder: kind, first }: Premise, prepared: Prepared): Promise<Shell> {
  const folder = await tempFolder();
  if (kind === 'checkout') await copyCheckout(folder);
  if (kind === 'served') await cp(prepared.folder, folder, { recursive: true });
  const env = await environmentIn(folder, kind === 'checkout' ? folder : ROOT);
  const plain = plainShell(folder, env);
  let url = PRINTED_URL;
  const serve = async (command: string): Promise<void> => {
    url = await startServing(command, folder, env);
  };

  if (kind === 'served') {
    env['SEGUE_STARTS'] = '2';
    env['SEGUE_KEY'] = prepared.key;
    await serve('npx segue serve');
  }
  for (const command of first) await plain(command);

  return async (command) => {
    if (/^npx segue (serve|up)\b/.test(command)) {
      await serve(command);
      return '';
    }
    const filled = command
      .replaceAll(PRINTED_URL, url)
      .replaceAll('<id>', env['SEGUE_KEY']?.split('_')[1] ?? '')
      .replaceAll('<version>', prepared.version);
    const exported = /^export (\w+)=/.exec(command)?.[1];
    if (exported !== undefined) {
      env[exported] = await plain(`${filled}; printf %s "$${exported}"`);
      return '';
    }
    const out = await plain(filled);
    if (command.startsWith('npx segue keys create')) env['SEGUE_KEY'] = out;
    return out;
  };
}

function plainShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  return async (command) =>
    (await exec('bash', ['-euc', command], { cwd, env, maxBuffer: 2 ** 24 })).stdout.trim();
}

/** All that a build needs, without what was built; with the packages of this checkout. */
async function copyCheckout(folder: string): Promise<void> {
  const parts = [
    'bin',
    'clients',
    'scripts',
    'src',
    'web',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  const filter = (path: string): boolean => !/\/(node_modules|dist|[\w-]+\.gen\.ts)$/.test(path);
  for (const part of parts) await cp(join(ROOT, part), join(folder, part), { recursive: true, filter });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

/** `npx segue` is the built program of a checkout, and every server takes a free port. */
async function environmentIn(folder: string, checkout: string): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, '.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, 'npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(checkout, 'bin/segue.js')}" "$@"\n`,
    {
      mode: 0o755,
    },
  );
  return { ...process.env, PATH: `${bin}:${process.env['PATH']}`, SEGUE_PORT: '0' };
}

async function startServing(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^Serving at (http:\/\/[^\s;]+)/.exec(line);
    if (found !== null) return found[1]!;
  }
  throw new Error(`${command} did not serve`);
}
