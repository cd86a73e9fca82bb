import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const venv = fileURLToPath(new URL('../../.venv-parity', import.meta.url));
const requirements = join(here, 'requirements.txt');
const stamp = join(venv, 'installed-requirements.txt');

/** The interpreter that has the pinned packages of requirements.txt. */
export const PYTHON = join(venv, 'bin', 'python');

/** Runs before the suite (vitest.config.ts): makes the virtual environment, or brings it up to date with requirements.txt. */
export default function prepareVenv(): void {
  const wanted = readFileSync(requirements, 'utf8');
  if (installed() === wanted) return;
  process.stdout.write('making the Python environment of the parity suite (.venv-parity)\n');
  run(
    'python3',
    ['-m', 'venv', venv],
    'The parity suite needs python3, 3.11 or newer, with its venv module.',
  );
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  run(PYTHON, pip, 'The packages of test/parity/requirements.txt could not be installed from PyPI.');
  writeFileSync(stamp, wanted);
}

/** Runs a Python script beside this file; what it prints goes to the terminal. */
export function runPython(script: string, ...args: readonly string[]): void {
  execFileSync(PYTHON, [join(here, script), ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Folder of the real catalogues. */
export function testData(): string {
  const folder = process.env['SEGUE_TEST_DATA'];
  if (folder !== undefined && folder !== '') return folder;
  throw new Error(
    'Set SEGUE_TEST_DATA to the folder that holds the real catalogues and sklearn_reference.json.',
  );
}

function installed(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

function run(command: string, args: readonly string[], mend: string): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    throw new Error(`${mend} «${command} ${args.join(' ')}» failed.`, { cause: error });
  }
}
