import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { variablesOf } from '#segue/cli/settings/setting.js';
import { SETTINGS } from '#segue/cli/settings/table.js';
import { ERROR_CODES } from '#segue/core/errors.js';
import { tempFolder } from '../core/temp.js';
import { ROOT, readPage } from './files.js';

const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
  .join('\n');

/** Names in quotes that are read from the environment. */
function namesInSource(): string[] {
  const quoted = [...source.matchAll(/'((?:SEGUE|VAULT|OTEL)_[A-Z_]+)'/g)].map((match) => match[1]!);
  return [...new Set(quoted.filter((name) => !Object.hasOwn(ERROR_CODES, name)))];
}

/** Every variable of the table of settings; of a secret, all its forms. */
const variables = [...SETTINGS].flatMap(([name, setting]) => variablesOf(name, setting));

it('.env.example has every variable that is read, and no other', () => {
  const listed = [...readPage('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!);
  expect(listed.toSorted()).toEqual(variables.toSorted());
  expect(namesInSource().filter((name) => !listed.includes(name))).toEqual([]);
});

it('.env.example works as it is, by node --env-file', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, '.env'), readPage('.env.example'));
  const argv = ['--env-file=.env', join(ROOT, 'bin/segue.js'), 'keys', 'list', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual([]);
});
