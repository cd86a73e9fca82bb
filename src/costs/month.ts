import { type Bill, billOf, type ProviderId } from './bill.js';
import { type Demand, demandOf } from './demand.js';
import { ASSUMED, type Assumptions, LEVELS, type Load } from './load.js';
import { rentCloudRun } from './providers/cloud-run.js';
import { rentFargate } from './providers/fargate.js';
import { rentHetzner } from './providers/hetzner.js';
import type { Rented } from './providers/rented.js';

const RENT = {
  hetzner: rentHetzner,
  'cloud-run': rentCloudRun,
  fargate: rentFargate,
} as const satisfies Readonly<Record<ProviderId, (demand: Demand, minInstances: number) => Rented>>;

/** What a month costs at a provider. */
export function monthAt(provider: ProviderId, load: Load, assumed: Assumptions = ASSUMED): Bill {
  const { lines, instances } = RENT[provider](demandOf(load, assumed), assumed.minInstances);
  return billOf({ provider, load, assumed, instances }, lines);
}

/** The same at each level of traffic, and at the load's own where it is none of them; the least traffic first. */
export function monthAtLevels(
  provider: ProviderId,
  load: Load,
  assumed: Assumptions = ASSUMED,
): readonly Bill[] {
  const levels = new Set([...LEVELS, load.requestsPerMonth]);
  return [...levels]
    .toSorted((a, b) => a - b)
    .map((requestsPerMonth) => monthAt(provider, { ...load, requestsPerMonth }, assumed));
}
