import { Gauge, type Registry } from 'prom-client';

const NAME = 'process_start_time_seconds';

/** Tells of workers when the newest began, in place of prom-client's own figure, which workers leave out: one that dies again and again is seen. */
export function processStart(register: Registry): void {
  const began = Math.round(Date.now() / 1000 - process.uptime());
  register.removeSingleMetric(NAME);
  register.registerMetric(
    new Gauge({
      name: NAME,
      help: 'Start time of the process since unix epoch in seconds; of workers, of the newest',
      aggregator: 'max',
      registers: [],
      collect() {
        this.set(began);
      },
    }),
  );
}
