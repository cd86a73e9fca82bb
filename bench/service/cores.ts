import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const CORES = { server: '0', client: '1' } as const;

/** Whether server and client can have a core each: `taskset`, of util-linux, and two cores. */
export const PINNED = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** The command on that core alone, where that can be had. */
export function onCore(core: keyof typeof CORES, command: readonly string[]): readonly string[] {
  return PINNED ? ['taskset', '-c', CORES[core], ...command] : command;
}

/** The command on all cores, whatever this process is bound to. */
export function onAllCores(command: readonly string[]): readonly string[] {
  return PINNED ? ['taskset', '-c', `0-${availableParallelism() - 1}`, ...command] : command;
}

/** Binds this process, which is the client, to its core. */
export function bindClient(): void {
  if (PINNED) execFileSync('taskset', ['-acp', CORES.client, String(process.pid)], { stdio: 'ignore' });
}
