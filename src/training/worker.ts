import { parentPort } from 'node:worker_threads';
import { blocksOf, type Job, runBlock } from './kernels/registry.js';

/** What a pool sends to each of its threads. */
export interface Task {
  readonly id: number;
  readonly job: Job;
  /** One shared number: the next block that nobody has taken. */
  readonly cursor: Int32Array;
}

/** What a thread answers when there is no block left for it, or when the kernel failed. */
export interface TaskDone {
  readonly id: number;
  readonly error?: unknown;
}

parentPort?.on('message', ({ id, job, cursor }: Task) => {
  let answer: TaskDone = { id };
  try {
    const blocks = blocksOf(job);
    for (let block = Atomics.add(cursor, 0, 1); block < blocks; block = Atomics.add(cursor, 0, 1)) {
      runBlock(job, block);
    }
  } catch (error) {
    answer = { id, error };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(answer);
});
