import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareVenv, pythonOf } from '../../scripts/python-venv.js';

const folder = fileURLToPath(new URL('../../.venv-contract', import.meta.url));

/** A program that the pinned packages of requirements.txt installed. */
export function programOf(name: 'schemathesis' | 'locust'): string {
  return join(dirname(pythonOf(folder)), name);
}

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
}
