import { Gauge, type Registry } from 'prom-client';
import type { Home } from '../core/home.js';
import type { Verdict } from '../drift/limits.js';
import { servedDrift } from '../drift/served.js';
import type { LiveModel } from '../service/live-model.js';
import type { keptReads } from './kept.js';

const VALUES: Readonly<Record<Verdict, number>> = { not_enough_data: -1, none: 0, warn: 1, alert: 2 };

/** Exposes what GET /v1/drift says of the last seven days, over all processes on the home. */
export function driftFigures(
  register: Registry,
  home: Home,
  now: () => Date,
  kept: ReturnType<typeof keptReads>,
): { served(live: LiveModel): void } {
  let live: LiveModel | undefined;
  const read = kept('drift', async () => live && servedDrift(home, live.model, now()));
  register.registerMetric(
    new Gauge({
      name: 'segue_drift_verdict',
      help: 'Of the last 7 days: -1 not enough data, 0 nothing found, 1 warning, 2 alert',
      labelNames: ['subject', 'measure'],
      aggregator: 'max',
      registers: [],
      async collect() {
        this.reset();
        for (const { subject, measure, verdict } of (await read())?.findings ?? [])
          this.set({ subject, measure }, VALUES[verdict]);
      },
    }),
  );
  register.registerMetric(
    new Gauge({
      name: 'segue_drift_smallest_visible_shift',
      help: 'Least shift of a mean that these days would have told of, in standard deviations of the training rows',
      labelNames: ['feature'],
      aggregator: 'max',
      registers: [],
      async collect() {
        this.reset();
        for (const { feature, smallest_visible_shift: shift } of (await read())?.features ?? [])
          if (shift !== null) this.set({ feature }, shift);
      },
    }),
  );
  register.registerMetric(
    new Gauge({
      name: 'segue_drift_tracks',
      help: 'Tracks in these days',
      aggregator: 'max',
      registers: [],
      async collect() {
        this.set((await read())?.tracks ?? 0);
      },
    }),
  );
  return {
    served(served) {
      live = served;
    },
  };
}
