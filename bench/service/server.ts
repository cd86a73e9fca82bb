import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { printedUrl } from '../printed-url.js';
import { onCore } from './cores.js';

/** A program that serves predictions on the servers' core. */
export interface Served {
  readonly url: string;
  /** Processor time that it has used so far, in seconds; NaN where the system doesn't tell. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** Ticks per second of /proc's processor times, on every Linux that Node runs on. */
const TICKS = 100;

/** Starts a server, and waits for its line «Serving at http://…». */
export async function startServer(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const [program, ...args] = onCore('server', command);
  const child = spawn(program!, args, {
    stdio: ['ignore', 'pipe', 'ignore'], // a line of log per request would outweigh the load
    env: { ...process.env, ...env },
  });
  return {
    url: await printedUrl(createInterface({ input: child.stdout })),
    cpuSeconds: () => cpuSecondsOf(child.pid!),
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** User and system time of a process, with all its threads. */
async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = (stat.split(') ').at(-1) ?? '').split(' ').slice(11, 13).map(Number);
  return (user! + system!) / TICKS;
}
