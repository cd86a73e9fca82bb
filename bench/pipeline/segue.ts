import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunRecord } from '../../src/pipeline/run-record.js';
import type { SplitMetrics } from '../../src/training/metrics.js';

const exec = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../bin/segue.js', import.meta.url));

/** One `segue run` in a process and a home of its own. */
export interface SegueRun {
  /** Of the process, from its start to its end. */
  readonly seconds: number;
  readonly tasks: RunRecord['tasks'];
  readonly metrics: Readonly<Record<'train' | 'test', SplitMetrics>>;
}

export async function generateCatalogue(tracks: number, seed: number, out: string): Promise<void> {
  const argv = ['generate', '--tracks', String(tracks), '--seed', String(seed), '--out', out];
  await exec(process.execPath, [PROGRAM, ...argv]);
}

/** Runs T1 to T4. The home is removed afterwards. */
export async function runSegue(
  catalogue: string,
  k: number,
  threads: number,
  home: string,
): Promise<SegueRun> {
  const argv = ['run', '--source', catalogue, '--k', String(k), '--threads', String(threads)];
  const began = performance.now();
  const { stdout } = await exec(process.execPath, [PROGRAM, ...argv, '--home', home, '--json'], {
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - began) / 1000;
  await rm(home, { recursive: true });
  return { ...(JSON.parse(stdout) as Omit<SegueRun, 'seconds'>), seconds };
}
