import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

/** A command that serves, in a process of its own. */
export interface Started {
  readonly lines: readonly string[];
  /** Its log so far: one JSON object a line. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[];
  /** Resolves with the first line of the log, from now on or before, that fits. */
  readonly logged: (
    fits: (line: Readonly<Record<string, unknown>>) => boolean,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly stop: () => Promise<number>;
}

/** Starts a command that serves; resolves when a line of its output matches. */
export async function start(
  argv: readonly string[],
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'exit').then(([code]) => code as number);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const log: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    log.push(JSON.parse(line) as Record<string, unknown>);
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (ready.test(line)) resolve();
    });
    exited.then(
      (code) => reject(new Error(`ended with ${code} before it was ready:\n${lines.join('\n')}`)),
      reject,
    );
  });
  return {
    lines,
    log: () => log,
    logged: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = log.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-serve-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
