import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareVenv, pythonOf } from '../../scripts/python-venv.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = fileURLToPath(new URL('../../.venv-parity', import.meta.url));

/** The interpreter that has the pinned packages of requirements.txt. */
export const PYTHON = pythonOf(folder);

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: join(here, 'requirements.txt') });
}

/** Runs a Python script beside this file; what it prints goes to the terminal. */
export function runPython(script: string, ...args: readonly string[]): void {
  execFileSync(PYTHON, [join(here, script), ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Folder of the real catalogues. */
export function testData(): string {
  const given = process.env['SEGUE_TEST_DATA'];
  if (given !== undefined && given !== '') return given;
  throw new Error(
    'Set SEGUE_TEST_DATA to the folder that holds the real catalogues and sklearn_reference.json.',
  );
}
