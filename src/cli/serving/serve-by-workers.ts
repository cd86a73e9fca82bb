import cluster, { type Address, type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { SegueError } from '../../core/errors.js';
import type { Home } from '../../core/home.js';
import { answerWorkers } from '../../monitoring/worker-metrics.js';
import { createLogger } from '../../service/log.js';
import { type RunningServer, urlOf } from '../../service/server.js';
import { restartDelays } from './restarts.js';
import type { ServeFlags } from './serve-options.js';
import { errorOf, type WorkerTask } from './worker-task.js';

const WORKER = fileURLToPath(new URL('worker.js', import.meta.url));

/** How long workers may take to stop, beyond the time to leave and their own limit for requests under way; milliseconds. */
const STOP_MS = 15_000;

/**
 * Serves a home folder by several processes that share one port, one for each core: a JavaScript process uses one. The first process
 * accepts connections and hands them out in turn; a worker that dies is replaced. They share nothing but the home folder, so each follows
 * promotions and keys by itself and lets in its part of every rate limit.
 *
 * @throws SegueError as `startServer`, when no worker can serve
 */
export async function serveByWorkers(
  home: Home,
  flags: ServeFlags,
  logger: FastifyBaseLogger = createLogger({ level: flags.logLevel }),
): Promise<Omit<RunningServer, 'refresh'>> {
  const { workers: count } = flags;
  const task: WorkerTask = { home: home.root, registry: home.registry, flags, share: 1 / count };
  cluster.setupPrimary({ exec: WORKER, args: [JSON.stringify(task)] });
  answerWorkers();

  let stopping = false;
  const alive = new Set<Worker>();
  const begin = (): Worker => {
    const worker = cluster.fork();
    alive.add(worker);
    worker.once('exit', () => alive.delete(worker));
    worker.once('listening', () => logger.info({ worker: worker.process.pid }, 'a worker serves'));
    return worker;
  };
  const keepOne = (worker: Worker, began: number, delayOf: (livedMs: number) => number): void => {
    worker.once('exit', (code: number | null, signal: string | null) => {
      if (stopping) return;
      const delay = delayOf(performance.now() - began);
      logger.error({ worker: worker.process.pid, code, signal, restart_ms: delay }, 'a worker ended');
      setTimeout(() => {
        if (!stopping) keepOne(begin(), performance.now(), delayOf);
      }, delay);
    });
  };
  const close = async (): Promise<void> => {
    stopping = true;
    const ends = [...alive].map((worker) => once(worker, 'exit'));
    for (const worker of alive) worker.process.kill('SIGTERM');
    const deadline = setTimeout(() => {
      for (const worker of alive) worker.process.kill('SIGKILL');
    }, flags.leaveTime + STOP_MS);
    await Promise.all(ends);
    clearTimeout(deadline);
  };

  const first = Array.from({ length: count }, begin);
  try {
    const [address] = await Promise.all(first.map(listening));
    for (const worker of first) keepOne(worker, performance.now(), restartDelays());
    return { url: urlOf(address!), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves when the worker listens; rejects with its error when it can't. */
async function listening(worker: Worker): Promise<Address> {
  return new Promise((resolve, reject) => {
    worker.once('listening', resolve);
    worker.on('message', (message: unknown) => {
      const error = errorOf(message);
      if (error !== undefined) reject(error);
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      reject(
        new SegueError('SEGUE_INTERNAL', {
          what: 'A worker process ended before it served',
          value: signal ?? code ?? undefined,
          mend: 'Its lines in the log say why.',
        }),
      );
    });
  });
}
