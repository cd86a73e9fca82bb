import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface VenvOptions {
  /** Where it goes. */
  readonly folder: string;
  /** File of pinned packages. */
  readonly requirements: string;
  /** Pinned packages that may lack a build for this platform. */
  readonly optional?: readonly string[];
  /** Whether only the packages themselves are wanted, without what they need in Python. */
  readonly withoutDependencies?: boolean;
}

/** The interpreter of a virtual environment. */
export function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python');
}

/** Makes a virtual environment, or brings it up to date with its requirements. */
export function prepareVenv({
  folder,
  requirements,
  optional = [],
  withoutDependencies = false,
}: VenvOptions): void {
  const stamp = join(folder, 'installed-requirements.txt');
  const wanted = [readFileSync(requirements, 'utf8'), ...optional].join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`making a Python environment for ${requirements}\n`);
  run('python3', ['-m', 'venv', folder], 'This needs python3, 3.11 or newer, with its venv module.');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(
    pythonOf(folder),
    [...pip, ...(withoutDependencies ? ['--no-deps'] : []), '-r', requirements],
    `The packages of ${requirements} could not be installed from PyPI.`,
  );
  for (const name of optional) {
    try {
      run(pythonOf(folder), [...pip, name], `${name} could not be installed.`);
    } catch (error) {
      process.stderr.write(`${String(error)} It is left out.\n`);
    }
  }
  writeFileSync(stamp, wanted);
}

function run(command: string, args: readonly string[], mend: string): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 2, 'inherit'] });
  } catch (error) {
    throw new Error(`${mend} «${command} ${args.join(' ')}» failed.`, { cause: error });
  }
}
