import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

/** A command of Segue's, run in a process of its own. */
export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Largest resident set, in MiB; 0 where the system doesn't tell. */
  readonly peakMiB: number;
}

/** The system keeps the peak until the process ends: a look now and then is enough. */
const EVERY_MS = 200;

export async function measureSegue(argv: readonly string[]): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  let peakMiB = 0;
  let code: number | null = null;
  const end = new Promise<'ended'>((resolve) => {
    child.on('close', (status) => {
      code = status;
      resolve('ended');
    });
  });
  do peakMiB = Math.max(peakMiB, await peakOf(child.pid));
  while ((await Promise.race([end, pause(EVERY_MS)])) !== 'ended');
  const [stdout, stderr] = await output;
  return { code, stdout, stderr, seconds: (performance.now() - began) / 1000, peakMiB };
}

async function peakOf(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0; // ended, or no such file system
  }
}
