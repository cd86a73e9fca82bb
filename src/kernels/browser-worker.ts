import { runTask, type Task, type TaskDone, type TaskProgress } from './task.js';

/** What a dedicated worker's global scope offers: TypeScript declares it only together with all of it. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: Task }) => void): void;
  postMessage(message: TaskDone | TaskProgress): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  runTask(data, (message) => scope.postMessage(message));
});
