import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { neverFalling } from './never-falling.js';

/** Between a worker that is asked for figures and the process that can ask all workers. */
interface FiguresAsked {
  readonly segue: 'figures';
  readonly id: number;
}

interface FiguresGiven extends FiguresAsked {
  readonly text?: string;
  readonly error?: string;
}

/**
 * In a worker process: gives the figures of all workers together, whichever of them is asked. Counters are added up; what a worker that
 * died had counted until it was last asked stays.
 */
export function figuresOfAllWorkers(register: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries([register]);
  answerPrimary();
  const waiting = new Map<number, (given: FiguresGiven) => void>();
  process.on('message', (message: unknown) => {
    if (isAboutFigures(message)) waiting.get(message.id)?.(message);
  });
  let last = 0;
  return () =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, ({ text, error }) => {
        waiting.delete(id);
        if (text === undefined) reject(new Error(`The figures of all workers could not be had: ${error}`));
        else resolve(text);
      });
      process.send?.({ segue: 'figures', id } satisfies FiguresAsked);
    });
}

/** In the process that has the workers: answers each that asks. */
export function answerWorkers(): void {
  const all = new AggregatorRegistry();
  const told = neverFalling();
  cluster.on('message', (worker: Worker, message: unknown) => {
    if (!isAboutFigures(message)) return;
    const give = (given: Pick<FiguresGiven, 'text' | 'error'>): void => {
      if (worker.isConnected()) worker.send({ segue: 'figures', id: message.id, ...given });
    };
    all.clusterMetrics().then(
      (text) => give({ text: told(text) }),
      (error: unknown) => give({ error: String(error) }),
    );
  });
}

/** prom-client listens for the primary's question from the making of the first such registry on. */
function answerPrimary(): AggregatorRegistry<'text/plain; version=0.0.4; charset=utf-8'> {
  return new AggregatorRegistry();
}

function isAboutFigures(message: unknown): message is FiguresGiven {
  return typeof message === 'object' && message !== null && 'segue' in message && message.segue === 'figures';
}
