import { Counter, type Registry } from 'prom-client';

/** How long figures that are read from the disk stand for later scrapes, in milliseconds: less than the usual interval of scrapes. */
const KEPT_MS = 5_000;

/** Reads something once for the many gauges of a scrape. Undefined where it can't be read: the other figures are told all the same. */
export type Kept<T> = () => Promise<T | undefined>;

/**
 * Makes readers whose failures are counted.
 *
 * @param ticks milliseconds on a clock that never goes back
 */
export function keptReads(
  register: Registry,
  ticks: () => number = () => performance.now(),
): <T>(part: string, read: () => Promise<T>) => Kept<T> {
  const failures = new Counter({
    name: 'segue_metrics_unread_total',
    help: 'Times that figures could not be read from the home, so that they were missing from a scrape',
    labelNames: ['part'],
    registers: [register],
  });
  return <T>(part: string, read: () => Promise<T>) => {
    failures.inc({ part }, 0);
    let known: { readonly at: number; readonly value: Promise<T | undefined> } | undefined;
    return () => {
      if (known === undefined || ticks() - known.at >= KEPT_MS)
        known = {
          at: ticks(),
          value: read().catch(() => {
            failures.inc({ part });
            return undefined;
          }),
        };
      return known.value;
    };
  };
}
