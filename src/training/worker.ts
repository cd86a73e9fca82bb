import { parentPort } from 'node:worker_threads';
import { runTask, type Task } from '../kernels/task.js';

parentPort?.on('message', (task: Task) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  runTask(task, (message) => parentPort?.postMessage(message));
});
