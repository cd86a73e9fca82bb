import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { SegueError } from '../core/errors.js';
import { blocksOf, type Job, type KernelName, runBlock } from './kernels/registry.js';
import { sharedInts } from './shared.js';
import type { Task, TaskDone } from './worker.js';

/** Threads that run kernels. Results never depend on their number. */
export interface Pool {
  readonly threads: number;
  /** Runs every block of a job; resolves when all are done. Several jobs may be under way at once. */
  run<N extends KernelName>(job: Job<N>): Promise<void>;
  /** Ends the threads; call it when no job is under way. */
  close(): Promise<void>;
}

/** A job of fewer blocks per thread than this is done sooner here than by threads that must first be told. */
const BLOCKS_WORTH_A_THREAD = 2;

/** How long this thread works before others in the process (a server, a spinner) have their turn, in milliseconds. */
const TURN_MS = 20;

/**
 * Opens a pool. With one thread, and for small jobs, kernels run in the calling thread, a few blocks per turn of the event loop; the
 * workers start with the first job that is large enough for them.
 *
 * @param threads 1 or more
 */
export function openPool(threads: number): Pool {
  let crew: Crew | undefined;
  return {
    threads,
    run(job) {
      if (threads < 2 || blocksOf(job) < threads * BLOCKS_WORTH_A_THREAD) return runHere(job);
      crew ??= startCrew(threads);
      return crew.run(job);
    },
    async close() {
      await crew?.close();
      crew = undefined;
    },
  };
}

async function runHere(job: Job): Promise<void> {
  const blocks = blocksOf(job);
  let turn = performance.now();
  for (let block = 0; block < blocks; block++) {
    runBlock(job, block);
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
}

interface Crew {
  run(job: Job): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  left: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function startCrew(threads: number): Crew {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let broken: Error | undefined;

  const answer = ({ id, error }: TaskDone): void => {
    const task = waiting.get(id);
    if (task === undefined) return;
    task.left--;
    if (error === undefined && task.left > 0) return;
    waiting.delete(id);
    if (error === undefined) task.resolve();
    else task.reject(error);
  };
  const breakDown = (error: Error): void => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  const workers = Array.from({ length: threads }, () =>
    new Worker(new URL('./worker.js', import.meta.url))
      .on('message', answer)
      .on('error', breakDown)
      .on('exit', () => breakDown(threadEnded())),
  );

  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) throw broken;
        const id = ++lastId;
        waiting.set(id, { left: threads, resolve, reject });
        const task: Task = { id, job, cursor: sharedInts(1) };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
        for (const worker of workers) worker.postMessage(task);
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function threadEnded(): SegueError {
  return new SegueError('SEGUE_INTERNAL', {
    what: 'A thread that computes ended before its work was done',
    mend: 'Run the command again, with --threads 1 if it happens again.',
  });
}
