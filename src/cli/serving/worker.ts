import { Registry } from 'prom-client';
import { toSegueError } from '../../core/errors.js';
import { homeAt } from '../../core/home.js';
import { prometheusObserver } from '../../monitoring/metrics.js';
import { figuresOfAllWorkers } from '../../monitoring/worker-metrics.js';
import { untilStopped } from '../signals.js';
import { serveAlone } from './serve-alone.js';
import { startFailed, type WorkerTask } from './worker-task.js';

/** One of the processes that share a port: serves until it is told to stop, or its primary is gone. */
const { home, registry, flags, share } = JSON.parse(process.argv[2] ?? '{}') as WorkerTask;
const register = new Registry();
const observer = {
  ...prometheusObserver(() => new Date(), register),
  exposition: figuresOfAllWorkers(register),
};
try {
  const stopped = untilStopped();
  const server = await serveAlone(homeAt(home, registry), flags, observer, share);
  await stopped;
  await server.close();
  process.disconnect();
} catch (thrown) {
  process.send?.(startFailed(toSegueError(thrown)), () => process.exit(1));
}
