import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareVenv } from '../../scripts/python-venv.js';

const folder = fileURLToPath(new URL('../../.venv-contract', import.meta.url));
const bin = join(folder, 'bin');

const K6 = 'v1.8.1';

/** A program of the peers: those that requirements.txt pins, and k6. */
export function programOf(name: 'schemathesis' | 'locust' | 'k6'): string {
  return join(bin, name);
}

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
  prepareK6();
}

/** k6 is a Go program; its releases are not in a registry, its module is. */
function prepareK6(): void {
  if (versionOf(programOf('k6'))?.includes(` ${K6} `) === true) return;
  process.stderr.write(`building k6 ${K6}\n`);
  try {
    execFileSync('go', ['install', `go.k6.io/k6@${K6}`], {
      env: { ...process.env, GOBIN: bin },
      stdio: ['ignore', 2, 'pipe'],
    });
  } catch (error) {
    throw new Error('k6 could not be built: this needs Go, 1.25 or newer, and its module proxy.', {
      cause: error,
    });
  }
}

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ['version'], { encoding: 'utf8' });
  } catch {
    return undefined; // not there yet
  }
}
