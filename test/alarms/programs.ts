import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { freePort } from '../core/free-port.js';
import { ROOT } from '../docs/files.js';

export const PROMETHEUS = join(ROOT, 'deploy/prometheus');
export const ALERTMANAGER = join(ROOT, 'deploy/alertmanager');

/** Longest that anything of these tests is waited for. */
const PATIENCE = { timeout: 60_000, interval: 200 };

/** Runs a program to its end; a missing one fails the test. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error !== undefined)
    throw new Error(`${program} is missing: apt-get install prometheus prometheus-alertmanager`);
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** A program that runs until it is stopped. */
export interface Daemon {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server that answers at /-/ready once it is. */
export async function start(program: string, argsAt: (port: number) => readonly string[]): Promise<Daemon> {
  const port = await freePort();
  const lines: string[] = [];
  const child: ChildProcess = spawn(program, argsAt(port), { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr!.on('data', (data: Buffer) => lines.push(String(data)));
  const ended = once(child, 'exit').catch(() => {
    lines.push(`${program} is missing: apt-get install prometheus prometheus-alertmanager`);
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(lines.join(''));
    expect((await fetch(`${url}/-/ready`)).ok).toBe(true);
  }, PATIENCE);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What an expression of PromQL gives now: labels and value of each series. */
export async function query(
  { url }: Daemon,
  expr: string,
): Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly value: number }[]> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`);
  const body = (await answer.json()) as {
    readonly status: string;
    readonly error?: string;
    readonly data?: {
      readonly result: readonly { metric: Record<string, string>; value: [number, string] }[];
    };
  };
  if (body.status !== 'success') throw new Error(`${expr}: ${body.error}`);
  return body.data!.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
}
