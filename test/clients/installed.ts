import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type * as client from 'segue-client';

const exec = promisify(execFile);

/** Of the package in this repository. */
export const CLIENT = fileURLToPath(new URL('../../clients/typescript', import.meta.url));

type Package = typeof client;

/** A project that has the client from its tarball, as users have it. */
export interface Installed {
  readonly folder: string;
  readonly client: Package;
}

/** Packs the client and installs it in a folder of its own. */
export async function installClient(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-client-'));
  const { stdout } = await exec('npm', ['pack', '--json', '--pack-destination', folder], { cwd: CLIENT });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }];
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  await exec('npm', ['install', '--no-audit', '--no-fund', `./${filename}`], { cwd: folder });
  await copyFile(new URL('consumer.ts', import.meta.url), join(folder, 'consumer.ts'));
  const entry = join(folder, 'node_modules/segue-client/dist/index.js');
  return { folder, client: (await import(pathToFileURL(entry).href)) as Package };
}
