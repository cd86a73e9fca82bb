import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A process of a test: its lines as they come, and its end. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the next line; rejects when it has ended without one. */
  readonly nextLine: () => Promise<string>;
  /** Ends it by SIGKILL and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** All further lines, once it has ended by itself; throws when it failed. */
  readonly finish: () => Promise<string[]>;
}

/** Starts a script that lies beside the test, which is killed with the test at the latest. */
export function startChild(script: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const next = await lines.next();
    if (next.done === true) throw new Error('The child ended');
    return next.value;
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const finish = async (): Promise<string[]> => {
    const all: string[] = [];
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) all.push(next.value);
    const [code, signal] = (await ended) as [number | null, string | null];
    if (code !== 0) throw new Error(`The child ended with ${code ?? signal}`);
    return all;
  };
  onTestFinished(kill);
  return { process: child, nextLine, kill, finish };
}

/** The pid of a process that has ended. */
export function deadPid(): number {
  return spawnSync(process.execPath, ['--eval', '']).pid;
}
