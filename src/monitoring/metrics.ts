import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Home } from '../core/home.js';
import { countAsked } from '../drift/asked.js';
import type { LiveModel } from '../service/live-model.js';
import type { Observer } from '../service/observer.js';
import { askedFigures } from './asked-figures.js';
import { driftFigures } from './drift-figures.js';
import { keptReads } from './kept.js';
import { machineFigures } from './machine-figures.js';
import { modelFigures } from './model-figures.js';
import { processStart } from './process-start.js';
import { qualityFigures } from './quality-figures.js';
import { referenceFigures } from './reference-figures.js';
import { requestFigures } from './request-figures.js';
import { runFigures } from './run-figures.js';

/** What figures are made of; what is left out is the real thing. */
export interface MetricsOptions {
  /** Whose runs, models and windows are told too. */
  readonly home?: Home;
  readonly now?: () => Date;
  readonly register?: Registry;
}

/**
 * Keeps the service's figures for Prometheus, with those of the process: event-loop lag, memory, CPU, garbage collection. The names are
 * part of the service's interface: dashboards and alerts read them.
 */
export function prometheusObserver({
  home,
  now = () => new Date(),
  register = new Registry(),
}: MetricsOptions = {}): Observer {
  collectDefaultMetrics({ register });
  processStart(register);
  const asked = countAsked();
  askedFigures(register, asked);
  const requests = requestFigures(register);
  const models = modelFigures(register, now);
  const reference = referenceFigures(register);
  const ofHome = home && homeFigures(register, home, now);

  return {
    asked,
    requestStarted: requests.started,
    requestEnded: requests.ended,
    modelServed(live) {
      models.served(live);
      reference.served(live);
      ofHome?.served(live);
    },
    modelRefused: models.refused,
    exposition: () => register.metrics(),
  };
}

/** What every process on the home tells alike. */
function homeFigures(register: Registry, home: Home, now: () => Date): { served(live: LiveModel): void } {
  const kept = keptReads(register);
  qualityFigures(register, home, kept);
  runFigures(register, home, kept);
  machineFigures(register, home, kept);
  return driftFigures(register, home, now, kept);
}
