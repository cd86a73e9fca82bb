import { setTimeout as pause } from 'node:timers/promises';
import { type ErrorCode, SegueError } from '../core/errors.js';

/** How often and for how long a task is tried. */
export interface AttemptRules {
  /** Further attempts after one that failed of what may pass. */
  readonly retries: number;
  /** Before the first of them, in milliseconds; four times as long before each further one. */
  readonly firstWaitMs: number;
  /** Longest that one attempt may take, in milliseconds. */
  readonly timeLimitMs: number;
}

export const ATTEMPTS: AttemptRules = { retries: 2, firstWaitMs: 1_000, timeLimitMs: 6 * 3_600_000 };

/** What the system says of a disk, a network file system or a table of handles that may be well a moment later. */
const PASSING: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EBUSY',
  'ECONNRESET',
  'EINTR',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ESTALE',
  'ETIMEDOUT',
]);

/** Faults of ours that pass: a run that ends, a cluster that is back in a moment. */
const PASSING_CODES: ReadonlySet<ErrorCode> = new Set([
  'SEGUE_HOME_LOCKED',
  'SEGUE_SPARK_UNREACHABLE',
  'SEGUE_SPARK_LOST',
]);

/** Whether another attempt may succeed where nobody mends anything: faults of input, of settings and of Segue itself stay. */
export function mayPass(error: unknown): boolean {
  if (error instanceof SegueError && PASSING_CODES.has(error.code)) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (code !== undefined && PASSING.has(code)) || mayPass(error.cause);
}

/**
 * Does work, again after a wait where its failure may pass. Waits are spread by a quarter, so that processes that failed together don't come back together.
 *
 * @param attempt is told its number, from 1
 * @throws what the last attempt threw
 */
export async function withAttempts<Result>(
  { retries, firstWaitMs }: AttemptRules,
  attempt: (number: number) => Promise<Result>,
): Promise<Result> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (number > retries || !mayPass(error)) throw error;
      await pause(firstWaitMs * 4 ** (number - 1) * (1 + Math.random() / 4));
    }
  }
}

/** SEGUE_TASK_TIMEOUT: work was given up, but goes on unheard until it or the process ends. */
export class TaskTimeout extends SegueError {
  readonly work: Promise<unknown>;

  constructor(name: string, limitMs: number, work: Promise<unknown>) {
    super('SEGUE_TASK_TIMEOUT', {
      what: `${name} took longer than it may`,
      limit: `${limitMs / 1000} s`,
      mend: 'Look at what it waits for, or give it more time by --task-timeout; the next run goes on where it was.',
    });
    this.work = work;
  }
}

/**
 * Waits for work so long and no longer.
 *
 * @throws TaskTimeout when the time is over
 */
export async function inTime<Result>(name: string, limitMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TaskTimeout(name, limitMs, work)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
