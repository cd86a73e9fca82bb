import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Observer } from '../service/observer.js';
import { askedFigures } from './asked-figures.js';
import { modelFigures } from './model-figures.js';
import { requestFigures } from './request-figures.js';

/**
 * Keeps the service's figures for Prometheus, with those of the process: event-loop lag, memory, CPU, garbage collection. The names are
 * part of the service's interface: dashboards and alerts read them.
 */
export function prometheusObserver(
  now: () => Date = () => new Date(),
  register: Registry = new Registry(),
): Observer {
  collectDefaultMetrics({ register });
  const requests = requestFigures(register);
  const asked = askedFigures(register);
  const models = modelFigures(register, now);

  return {
    requestStarted: requests.started,
    requestEnded: requests.ended,
    predicted: asked.predicted,
    modelServed: models.served,
    modelRefused: models.refused,
    exposition: () => register.metrics(),
  };
}
