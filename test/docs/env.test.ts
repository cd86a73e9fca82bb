import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '#segue/core/errors.js';
import { tempFolder } from '../core/temp.js';
import { ROOT, readPage } from './files.js';

const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
  .join('\n');

/** Names in quotes that are read from the environment; of a secret, all its forms. */
function namesInSource(): string[] {
  const quoted = [...source.matchAll(/'((?:SEGUE|VAULT|OTEL)_[A-Z_]+)'/g)].map((match) => match[1]!);
  const secrets: Readonly<Record<string, readonly string[]>> = {
    SEGUE_API_KEYS: ['', '_FILE', '_VAULT'],
    SEGUE_SMTP_PASSWORD: ['', '_FILE', '_VAULT'],
    SEGUE_SLACK_WEBHOOK_URL: ['', '_FILE', '_VAULT'],
    VAULT_TOKEN: ['', '_FILE'],
    VAULT_SECRET_ID: ['', '_FILE'],
  };
  const names = quoted.filter((name) => !Object.hasOwn(ERROR_CODES, name));
  return [...new Set(names.flatMap((name) => (secrets[name] ?? ['']).map((suffix) => name + suffix)))];
}

it('.env.example has every variable that is read, and no other', () => {
  const listed = [...readPage('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!);
  expect(listed.toSorted()).toEqual(namesInSource().toSorted());
});

it('.env.example works as it is, by node --env-file', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, '.env'), readPage('.env.example'));
  const argv = ['--env-file=.env', join(ROOT, 'bin/segue.js'), 'keys', 'list', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual([]);
});
