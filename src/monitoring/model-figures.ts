import { Counter, Gauge, type Registry } from 'prom-client';
import type { LiveModel } from '../service/live-model.js';

/** Says which version answers, since when, and whether the one that should cannot. Absent while there is no model. */
export function modelFigures(register: Registry, now: () => Date) {
  const registers = [register];
  let promotedAt: Date | undefined;
  const info = new Gauge({
    name: 'segue_model_info',
    help: '1 for the model version that answers',
    labelNames: ['version'],
    aggregator: 'max',
    registers,
  });
  const promoted = new Gauge({
    name: 'segue_model_promoted_timestamp_seconds',
    help: 'When the model that answers came into production (Unix time)',
    aggregator: 'min',
    registers,
  });
  const age = new Gauge({
    name: 'segue_model_age_seconds',
    help: 'Time since the model that answers came into production',
    aggregator: 'max',
    registers,
    collect() {
      if (promotedAt !== undefined) this.set((now().getTime() - promotedAt.getTime()) / 1000);
    },
  });
  for (const gauge of [promoted, age]) gauge.remove();
  const refused = new Gauge({
    name: 'segue_model_refused',
    help: '1 while the version in production cannot be used, so that an earlier one answers, or none',
    aggregator: 'max',
    registers,
  });
  const refusals = new Counter({
    name: 'segue_model_refusals_total',
    help: 'Versions in production that could not be used',
    registers,
  });

  return {
    served: ({ version, promotedAt: since }: LiveModel): void => {
      promotedAt = since;
      info.reset();
      info.set({ version }, 1);
      promoted.set(since.getTime() / 1000);
    },
    refused: (isRefused: boolean): void => {
      refused.set(isRefused ? 1 : 0);
      if (isRefused) refusals.inc();
    },
  };
}
