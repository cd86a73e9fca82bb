/**
 * Serves a home, and switches Segue's metrics and windows of drift off and on as it goes: `observed.ts <home> <results>`. Requests and
 * processor time of each slice are written as it ends. One process is both sides of a comparison in turns of a quarter of a second, since
 * two that run the same code differ by several per cent, and so does the machine from one second to the next.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { IntervalHistogram, PerformanceObserver, PerformanceObserverCallback } from 'node:perf_hooks';
import { homeAt } from '#segue/core/home.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { createLogger } from '#segue/service/log.js';
import type { Observer } from '#segue/service/observer.js';
import { startServer } from '#segue/service/server.js';

/** What one slice did. */
export interface Slice {
  readonly on: boolean;
  readonly requests: number;
  readonly cpuSeconds: number;
}

const NOTHING: Observer = {
  asked: { predicted: () => {}, refused: () => {}, all: () => [] },
  requestStarted: () => {},
  requestEnded: () => {},
  modelServed: () => {},
  modelRefused: () => {},
  exposition: async () => '',
};

const SLICE_MS = 250;

const [folder = '', results = ''] = process.argv.slice(2);
const ofProcess = processFigures();
const home = homeAt(folder);
const metrics = prometheusObserver({ home });
let now = metrics;
let ended = 0;

const server = await startServer({
  home,
  host: '127.0.0.1',
  port: 0,
  observer: {
    asked: {
      predicted: (...of) => now.asked.predicted(...of),
      refused: (...of) => now.asked.refused(...of),
      all: () => metrics.asked.all(),
    },
    requestStarted: () => now.requestStarted(),
    requestEnded: (...of) => {
      ended += 1;
      now.requestEnded(...of);
    },
    modelServed: (live) => metrics.modelServed(live),
    modelRefused: (refused) => metrics.modelRefused(refused),
    exposition: () => metrics.exposition(),
  },
  logger: createLogger({ level: 'info' }),
});

const slices: Slice[] = [];
let [requests, before] = [ended, process.cpuUsage()];
const turns = setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  slices.push({ on: now === metrics, requests: ended - requests, cpuSeconds: (user + system) / 1e6 });
  const isOn = [true, false, false, true][slices.length % 4]!; // on off off on: neither side is always the later one
  now = isOn ? metrics : NOTHING;
  if (isOn) ofProcess.go();
  else ofProcess.stop();
  [requests, before] = [ended, process.cpuUsage()];
}, SLICE_MS);

const end = async (): Promise<never> => {
  clearInterval(turns);
  writeFileSync(results, JSON.stringify({ slices, scrapeSeconds: await scrapeSeconds() }));
  await server.close();
  process.exit(0);
};
process.once('SIGTERM', () => void end());
process.stdout.write(`Serving at ${server.url}\n`);

/** Processor time of a scrape of a service that has answered much and rests now. */
async function scrapeSeconds(): Promise<number> {
  const scrapes = 10;
  const began = process.cpuUsage();
  for (let i = 0; i < scrapes; i += 1) await metrics.exposition();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6 / scrapes;
}

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
  const Plain = hooks.PerformanceObserver;
  hooks.PerformanceObserver = class extends Plain {
    constructor(callback: PerformanceObserverCallback) {
      super(callback);
      observers.add(this);
    }
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
