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

/** Pieces of fewer rows all together are done before threads would have started. */
const ROWS_WORTH_LANES = 100_000;

/**
 * Does pieces of work that need nothing of each other, each in one thread, as many at a time as the pool has threads.
 *
 * @param rows of all pieces together
 * @returns what came of the pieces, in their order
 * @throws what a piece threw, once no other is under way
 */
export async function inLanes<Result>(
  pool: Pool,
  pieces: number,
  rows: number,
  work: (piece: number, lane: Pool) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const workThrough = async (lane: Pool): Promise<void> => {
    while (next < pieces) {
      const piece = next;
      next += 1;
      try {
        results[piece] = await work(piece, lane);
      } catch (error) {
        next = pieces; // the others end what they are at, and take no more
        throw error;
      }
    }
  };
  const lanes = pool.threads === 1 || rows < ROWS_WORTH_LANES ? [pool] : pool.lanes();
  for (const ended of await Promise.allSettled(lanes.map(workThrough))) {
    if (ended.status === 'rejected') throw ended.reason;
  }
  return results;
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
