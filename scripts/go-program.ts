import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A program of a Go module: its releases are not in a registry, its module is. */
export interface GoProgram {
  readonly module: string;
  readonly version: string;
  /** Path of the program in the module; empty for its root. */
  readonly path?: string;
}

/**
 * Builds a Go program unless that version of it is there.
 *
 * @param bin folder for the program
 * @returns its path
 */
export function prepareGoProgram({ module, version, path = '' }: GoProgram, bin: string): string {
  const name = basename(join(module, path).replace(/\/v\d+$/, '')); // a major version is not part of the name
  const program = join(bin, name);
  try {
    if (isBuilt(program, module, version)) return program;
    process.stderr.write(`building ${name} ${version}\n`);
    execFileSync('go', ['install', `${join(module, path)}@${version}`], {
      env: { ...process.env, GOBIN: bin },
      stdio: ['ignore', 2, 'pipe'],
    });
    return program;
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
