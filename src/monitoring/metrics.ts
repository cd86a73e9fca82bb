import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Observer } from '../service/observer.js';
import { serviceFigures } from './figures.js';

/**
 * Keeps the service's figures for Prometheus, with those of the process: event-loop lag, memory, CPU, garbage collection. Figures of the
 * model are absent while there is none.
 */
export function prometheusObserver(now: () => Date = () => new Date()): Observer {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const figures = serviceFigures(register);
  const ofModel = [figures.promoted, figures.age];
  for (const gauge of ofModel) gauge.remove();
  let promotedAt: Date | undefined;

  return {
    requestStarted: () => figures.inFlight.inc(),
    requestEnded({ method, route, status, seconds }) {
      figures.inFlight.dec();
      figures.requests.inc({ method, route, status });
      figures.latency.observe({ method, route }, seconds);
    },
    predicted: (version, clusterId, tracks) =>
      figures.predictions.inc({ version, cluster_id: clusterId }, tracks),
    modelServed({ version, promotedAt: since }) {
      promotedAt = since;
      figures.model.reset();
      figures.model.set({ version }, 1);
      figures.promoted.set(since.getTime() / 1000);
    },
    modelRefused(refused) {
      figures.refused.set(refused ? 1 : 0);
      if (refused) figures.refusals.inc();
    },
    exposition() {
      if (promotedAt !== undefined) figures.age.set((now().getTime() - promotedAt.getTime()) / 1000);
      return register.metrics();
    },
  };
}
