import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareGoProgram } from '../../scripts/go-program.js';
import { prepareVenv } from '../../scripts/python-venv.js';

const folder = fileURLToPath(new URL('../../.venv-contract', import.meta.url));
const bin = join(folder, 'bin');

/** A program of the peers: those that requirements.txt pins, and those of Go. */
export function programOf(name: 'schemathesis' | 'locust' | 'k6' | 'oasdiff'): string {
  return join(bin, name);
}

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
  prepareGoProgram({ module: 'go.k6.io/k6', version: 'v1.8.1' }, bin);
  prepareGoProgram({ module: 'github.com/oasdiff/oasdiff', version: 'v1.36.0' }, bin);
}
