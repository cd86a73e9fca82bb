import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

/** A retrain in a process of its own, so that training's memory and faults never touch the server. */
export interface Retraining {
  readonly exitCode: Promise<number | null>;
  stop(): void;
}

/** Starts `segue run` with these arguments; its output goes where ours goes. */
export function startRetraining(runArguments: readonly string[]): Retraining {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, 'run', ...runArguments], {
    stdio: 'inherit',
  });
  return {
    exitCode: once(child, 'exit').then(([code]) => code as number | null),
    stop: () => child.kill('SIGTERM'),
  };
}
