import { type Pool, poolOf, type StartThread, threadEnded } from './pool.js';
import type { Task, TaskDone, TaskProgress } from './task.js';

/** What is used of a browser's Web Worker: TypeScript declares it only together with the whole DOM. */
interface WebWorker {
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: TaskDone | TaskProgress }) => void,
  ): void;
  /** The event has no message where the worker's module could not be loaded. */
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  postMessage(task: Task): void;
  terminate(): void;
}

declare const Worker: new (url: URL, options: { type: 'module' }) => WebWorker;

/**
 * Opens a pool of Web Workers, for a page that is cross-origin isolated (`Cross-Origin-Opener-Policy: same-origin` and
 * `Cross-Origin-Embedder-Policy: require-corp`): without that there is no shared memory.
 *
 * @param threads 1 or more
 */
export function openBrowserPool(threads: number): Pool {
  return poolOf(threads, startThread);
}

const startThread: StartThread = (answer, fail) => {
  const worker = new Worker(new URL('./browser-worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => answer(data));
  worker.addEventListener('error', ({ message }) => fail(threadEnded(message)));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    send: (task) => worker.postMessage(task),
    end: async () => worker.terminate(),
  };
};
