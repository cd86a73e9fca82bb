/**
 * Serves a home with Segue's metrics and windows of drift, which signals switch off (SIGHUP) and on (SIGUSR2): `observed.ts <home>`. One
 * process is both sides of a comparison, since two that run the same code differ by several per cent.
 */
import { createRequire } from 'node:module';
import type { IntervalHistogram, PerformanceObserver } from 'node:perf_hooks';
import { homeAt } from '#segue/core/home.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { createLogger } from '#segue/service/log.js';
import type { Observer } from '#segue/service/observer.js';
import { startServer } from '#segue/service/server.js';

const NOTHING: Observer = {
  asked: { predicted: () => {}, refused: () => {}, all: () => [] },
  requestStarted: () => {},
  requestEnded: () => {},
  modelServed: () => {},
  modelRefused: () => {},
  exposition: async () => '',
};

const ofProcess = processFigures();
const home = homeAt(process.argv[2]!);
const metrics = prometheusObserver({ home });
let now = metrics;

const server = await startServer({
  home,
  host: '127.0.0.1',
  port: 0,
  observer: {
    asked: {
      predicted: (...of) => now.asked.predicted(...of),
      refused: (...of) => now.asked.refused(...of),
      all: () => now.asked.all(),
    },
    requestStarted: () => now.requestStarted(),
    requestEnded: (...of) => now.requestEnded(...of),
    modelServed: (live) => metrics.modelServed(live),
    modelRefused: (refused) => metrics.modelRefused(refused),
    exposition: () => now.exposition(),
  },
  logger: createLogger({ level: 'info' }),
});
process.on('SIGHUP', () => {
  now = NOTHING;
  ofProcess.stop();
});
process.on('SIGUSR2', () => {
  now = metrics;
  ofProcess.go();
});
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.stdout.write(`Serving at ${server.url}\n`);

/** What prom-client sets up for its figures of the process, and gives nobody a handle of: event-loop delay and garbage collections. */
function processFigures(): { stop(): void; go(): void } {
  const hooks = createRequire(import.meta.url)('node:perf_hooks') as {
    monitorEventLoopDelay: (options?: { resolution?: number }) => IntervalHistogram;
    PerformanceObserver: typeof PerformanceObserver;
  };
  const delays: IntervalHistogram[] = [];
  const observers = new Set<PerformanceObserver>();
  const { monitorEventLoopDelay } = hooks;
  hooks.monitorEventLoopDelay = (options) => {
    const delay = monitorEventLoopDelay(options);
    delays.push(delay);
    return delay;
  };
  const { observe } = hooks.PerformanceObserver.prototype;
  hooks.PerformanceObserver.prototype.observe = function (options) {
    observers.add(this);
    observe.call(this, options);
  };
  return {
    stop: () => {
      for (const delay of delays) delay.disable();
      for (const observer of observers) observer.disconnect();
    },
    go: () => {
      if (delays.length === 0 || observers.size === 0)
        throw new Error('prom-client watches the process in another way');
      for (const delay of delays) delay.enable();
      for (const observer of observers) observer.observe({ entryTypes: ['gc'] });
    },
  };
}
