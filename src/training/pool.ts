import { Worker } from 'node:worker_threads';
import { type Pool, poolOf, type StartThread, threadEnded } from '../kernels/pool.js';
import type { Task } from '../kernels/task.js';

export type { Pool } from '../kernels/pool.js';

/**
 * Opens a pool of Node's worker threads.
 *
 * @param threads 1 or more
 */
export function openPool(threads: number): Pool {
  return poolOf(threads, startThread);
}

/** Does work with a pool, which is closed after it. */
export async function withPool<Result>(
  threads: number,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const pool = openPool(threads);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

const startThread: StartThread = (answer, fail) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url))
    .on('message', answer)
    .on('error', fail)
    .on('exit', () => fail(threadEnded()));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    send: (task: Task) => worker.postMessage(task),
    end: () => worker.terminate(),
  };
};
