import { Worker } from 'node:worker_threads';
import type { Ask, ThreadAnswer, ThreadOrder } from './messages.js';
import { CatalogueRefusal } from './refusal.js';

/** The playlist thread, from outside. It starts with the first index and again, after its death, with the next question. */
export interface PlaylistThread {
  /** Gives it an index, in memory that it shares. Resolves when it can answer. */
  hold(version: string, memory: SharedArrayBuffer): Promise<void>;
  drop(version: string): void;
  /**
   * @throws CatalogueRefusal; `catalogue_loading` also when the thread dies over it: the next one can answer at once; `overloaded` where
   * as many as may wait are waiting
   */
  readonly ask: Ask;
  close(): Promise<void>;
}

/** Questions that may wait: at 10 ms for the longest, the last one is answered within a second. */
export const MOST_WAITING = 64;

/** Id of orders whose answer nobody waits for. */
const NOBODY = 0;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** @param onDeath told why the thread ended without being asked to */
export function playlistThread(onDeath: (error: Error) => void): PlaylistThread {
  const held = new Map<string, SharedArrayBuffer>();
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./playlist-thread.js', import.meta.url));
    let ended = false;
    const end = (error: Error): void => {
      if (ended) return;
      ended = true;
      if (worker !== started) return; // it was closed
      worker = undefined;
      for (const { reject } of waiting.values()) reject(new CatalogueRefusal('catalogue_loading'));
      waiting.clear();
      onDeath(error);
    };
    started
      .on('message', (message: ThreadAnswer) => {
        const waiter = waiting.get(message.id);
        waiting.delete(message.id);
        if (waiting.size === 0) started.unref(); // an idle thread keeps no process alive
        if ('answer' in message) waiter?.resolve(message.answer as never);
        else if ('held' in message) waiter?.resolve(undefined as never);
        else waiter?.reject('refusal' in message ? new CatalogueRefusal(message.refusal) : message.error);
      })
      .on('error', end)
      .on('exit', (code) => end(new Error(`the playlist thread ended with exit code ${code}`)));
    started.unref();
    for (const [version, memory] of held) send(started, { order: 'hold', id: NOBODY, version, memory });
    return started;
  };
  const sendAndWait = async (order: (id: number) => ThreadOrder): Promise<never> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.ref();
      send(worker, order(lastId));
    });

  return {
    async hold(version, memory) {
      await sendAndWait((id) => ({ order: 'hold', id, version, memory }));
      held.set(version, memory);
    },
    drop(version) {
      held.delete(version);
      if (worker !== undefined) send(worker, { order: 'drop', version });
    },
    async ask(version, kind, request) {
      if (waiting.size >= MOST_WAITING) throw new CatalogueRefusal('overloaded');
      return sendAndWait((id) => ({ order: 'answer', id, version, kind, request }));
    },
    async close() {
      const last = worker;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(new CatalogueRefusal('catalogue_loading'));
      waiting.clear();
      await last?.terminate();
    },
  };
}

function send(to: Worker, order: ThreadOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  to.postMessage(order);
}
