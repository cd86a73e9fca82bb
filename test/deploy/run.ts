import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { ROOT } from '../docs/files.js';

/** What a program says. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its good end; a missing one fails the test. */
export function run(
  program: string,
  args: readonly string[],
  { env = {}, status: wanted = 0 }: { env?: Readonly<Record<string, string>>; status?: number } = {},
): Said {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 27,
  });
  if (error !== undefined)
    throw new Error(`${program} is missing: CONTRIBUTING.md says what this suite needs.`);
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(wanted);
  return { stdout, stderr };
}
