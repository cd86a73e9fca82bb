import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { CLIENT, installClient } from './installed.js';

const exec = promisify(execFile);
const { folder } = await installClient();
afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }));

it('its types are what docs/openapi.json says', async () => {
  const checked = exec(process.execPath, ['scripts/generate.mjs', '--check'], { cwd: CLIENT });
  await expect(checked).resolves.toMatchObject({ stderr: '' });
});

it('the package holds code and types and nothing else', async () => {
  const files = await readdir(join(folder, 'node_modules/segue-client'), { recursive: true });
  const outside = files.filter((name) => !/^dist(\/\w+\.(d\.ts|js))?$/.test(name));
  expect(outside.toSorted()).toEqual(['README.md', 'package.json']);
});

it('its users’ programs are typed', async () => {
  const tsc = join(CLIENT, 'node_modules/typescript/bin/tsc');
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--skipLibCheck', 'false'];
  const modules = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  const checked = exec(process.execPath, [tsc, ...strict, ...modules, 'consumer.ts'], { cwd: folder });
  await expect(checked).resolves.toMatchObject({ stdout: '' });
});

it('runs in browsers: no module of Node is imported', async () => {
  const { stdout } = await exec('grep', ['-rlE', "from '(node:|fs|http)", join(CLIENT, 'dist')]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
