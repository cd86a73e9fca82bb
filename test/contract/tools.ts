import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareVenv } from '../../scripts/python-venv.js';

const folder = fileURLToPath(new URL('../../.venv-contract', import.meta.url));
const bin = join(folder, 'bin');

/** Go programs: their releases are not in a registry, their modules are. */
const GO = {
  k6: { module: 'go.k6.io/k6', version: 'v1.8.1' },
  oasdiff: { module: 'github.com/oasdiff/oasdiff', version: 'v1.36.0' },
} as const;

/** A program of the peers: those that requirements.txt pins, and those of Go. */
export function programOf(name: 'schemathesis' | 'locust' | keyof typeof GO): string {
  return join(bin, name);
}

/** Runs before the suite (vitest.config.ts). */
export default function prepare(): void {
  prepareVenv({ folder, requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)) });
  prepareGo('k6');
  prepareGo('oasdiff');
}

function prepareGo(name: keyof typeof GO): void {
  const { module, version } = GO[name];
  try {
    if (isBuilt(programOf(name), module, version)) return;
    process.stderr.write(`building ${name} ${version}\n`);
    execFileSync('go', ['install', `${module}@${version}`], {
      env: { ...process.env, GOBIN: bin },
      stdio: ['ignore', 2, 'pipe'],
    });
  } catch (error) {
    throw new Error(`${name} could not be built: this needs Go, 1.25 or newer, and its module proxy.`, {
      cause: error,
    });
  }
}

function isBuilt(program: string, module: string, version: string): boolean {
  if (!existsSync(program)) return false;
  const built = execFileSync('go', ['version', '-m', program], { encoding: 'utf8' });
  return built.includes(`\tmod\t${module}\t${version}\t`);
}
