import { readFileSync, readlinkSync } from 'node:fs';
import { isNodeError } from './files.js';

/** Tells a process from all others of the machine, also from a later one that is given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and its start (proc(5), stat, field 22); null where there is no /proc. */
  readonly start: string | null;
  readonly boot: string | null;
  /** Containers on one machine count their pids apart. */
  readonly pid_namespace: string | null;
}

/** `unknown`: it runs in another container, where we can't look. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/** The identity of a process that runs, as seen from this one's container. */
export function identityOf(pid: number): ProcessIdentity {
  return {
    pid,
    start: statOf(pid)?.start ?? null,
    boot: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pid_namespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
  };
}

export const OWN_IDENTITY = identityOf(process.pid);

/** Whether that process still runs. A zombie is dead: it works no more, even if its parent never asks for it. */
export function livenessOf(other: ProcessIdentity, own = OWN_IDENTITY): Liveness {
  if (other.boot !== own.boot) return 'dead';
  if (other.pid_namespace !== own.pid_namespace) return 'unknown';
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if (isNodeError(error, 'ESRCH')) return 'dead';
    if (!isNodeError(error, 'EPERM')) throw error; // EPERM: it exists and is another user's
  }
  const stat = statOf(other.pid);
  if (stat === undefined) return 'alive';
  return stat.state !== 'Z' && stat.state !== 'X' && stat.start === other.start ? 'alive' : 'dead';
}

function statOf(pid: number): { state: string; start: string } | undefined {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === null) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name in field 2 may hold blanks and brackets
  return { state: fields[0]!, start: fields[19]! };
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
