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
const served = homeAt(home, registry);
const observer = {
  ...prometheusObserver({ home: served, register }),
  exposition: figuresOfAllWorkers(register),
};
try {
  const stopped = untilStopped();
  const server = await serveAlone(served, flags, observer, share);
  await stopped;
  await server.close();
  process.disconnect();
} catch (thrown) {
  process.send?.(startFailed(toSegueError(thrown)), () => process.exit(1));
}
