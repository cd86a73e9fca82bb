import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../core/temp.js';
import { PAGES, ROOT, readPage } from './files.js';

const exec = promisify(execFile);
const PROGRAM = join(ROOT, 'bin/segue.js');
const PRINTED_URL = 'http://127.0.0.1:8080';

/** Commands of a page's `sh` blocks, one a line, without their comments. */
function commandsOf(page: string): string[] {
  const blocks = [...readPage(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  return blocks
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A shell in a folder with a catalogue, a model in production, a key and a server, by the names that the pages use. */
async function openShell(): Promise<(command: string) => Promise<void>> {
  const folder = await tempFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, {
    mode: 0o755,
  });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${bin}:${process.env['PATH']}`,
    SEGUE_STARTS: '2',
    SEGUE_PORT: '0',
  };
  const shell = async (command: string): Promise<string> =>
    (await exec('bash', ['-euc', command], { cwd: folder, env })).stdout.trim();

  await shell('npx segue generate --tracks 3000 --seed 5 --out spotify_data.csv');
  await shell('npx segue run --source spotify_data.csv --k 4');
  env['SEGUE_KEY'] = await shell('npx segue keys create --scopes predict,read');
  const version = (await shell('npx segue models production')).split(' ')[0]!;
  let url = await startServing('npx segue serve', folder, env);

  return async (command) => {
    if (/^npx segue (serve|up)\b/.test(command)) {
      url = await startServing(command, folder, env);
      return;
    }
    const id = env['SEGUE_KEY']!.split('_')[1]!;
    const filled = command
      .replaceAll(PRINTED_URL, url)
      .replaceAll('<id>', id)
      .replaceAll('<version>', version);
    const out = await shell(filled);
    if (command.startsWith('npx segue keys create')) env['SEGUE_KEY'] = out;
    if (command.startsWith('curl')) expect(out, command).not.toContain('"status":');
  };
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

const pages = PAGES.filter((page) => commandsOf(page).length > 0);

describe('every command of the pages', () => {
  it.each(pages)('%s', async (page) => {
    const run = await openShell();
    const ci = await readFile(join(ROOT, '.ci/run'), 'utf8');
    for (const command of commandsOf(page)) {
      if (!command.startsWith('npm ')) {
        await run(command);
        continue;
      }
      // these set the checkout itself up or test it: CI runs them, from a fresh clone
      for (const part of command.split(' && ')) expect(ci, `.ci/run runs ${part}`).toContain(part);
    }
  });
});
