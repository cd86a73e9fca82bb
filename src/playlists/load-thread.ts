/** Reads one index into shared memory and checks it, away from the threads that answer; then it ends. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, type Wanted } from './index-file.js';

export type LoadTask = Wanted & { readonly path: string };

/** The bytes of a sound index, or why they can't be used. */
export type Loaded = { readonly memory: SharedArrayBuffer } | { readonly fault: string };

const READ_BYTES = 1 << 26;

const task = workerData as LoadTask;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(load(task));

function load({ path, ...wanted }: LoadTask): Loaded {
  const file = openSync(path, 'r');
  try {
    const memory = new SharedArrayBuffer(fstatSync(file).size);
    const bytes = new Uint8Array(memory);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, Math.min(READ_BYTES, bytes.length - at), at);
      if (read === 0) return { fault: 'it ends too early' };
      at += read;
    }
    const fault = faultOf(bytes, wanted);
    return fault === undefined ? { memory } : { fault };
  } finally {
    closeSync(file);
  }
}
