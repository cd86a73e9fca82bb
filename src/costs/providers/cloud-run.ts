import { type Line, lineOf } from '../bill.js';
import type { Demand } from '../demand.js';
import { HOURS } from '../load.js';
import { type Rented, type Size, sizeFor } from './rented.js';

/** Memory is had in any amount up to these (docs.cloud.google.com/run/docs/configuring/services/cpu). Less than one processor would need request-based billing. */
const SIZES: readonly Size[] = [
  { vcpus: 1, memory: 4 },
  { vcpus: 2, memory: 8 },
  { vcpus: 4, memory: 16 },
  { vcpus: 8, memory: 32 },
];

/** Steps in which memory is reckoned here, GiB. */
const STEP = 0.5;

/** A job is billed for a minute at least. */
const LEAST_JOB_SECONDS = 60;

/**
 * A service with instance-based billing, because it works between requests too (it looks for new versions, writes what was asked): paid
 * for every hour of every instance, here all month as many as the busiest hour needs. Files lie in memory. A job for each retrain, Cloud
 * Storage as the registry, Managed Service for Prometheus with its own dashboards, Cloud Logging.
 */
export function rentCloudRun(demand: Demand, minInstances: number): Rented {
  const { retrain, serving, stored, looks, samples, logs } = demand;
  const memory = inSteps(serving.memory + serving.disk);
  const { vcpus } = sizeFor(SIZES, 1, memory);
  const count = Math.max(minInstances, Math.ceil(serving.vcpus / vcpus));
  const jobMemory = inSteps(retrain.memory + retrain.disk);
  const job = sizeFor(SIZES, retrain.vcpus, jobMemory);
  const jobHours = (retrain.times * Math.max(LEAST_JOB_SECONDS, retrain.seconds)) / 3600;
  const lines: Line[] = [
    lineOf('retraining', 'retrainProcessor', 'runVcpu', jobHours * job.vcpus),
    lineOf('retraining', 'retrainMemory', 'runMemory', jobHours * jobMemory),
    lineOf('serving', 'processors', 'runVcpu', HOURS * count * vcpus),
    lineOf('serving', 'memory', 'runMemory', HOURS * count * memory),
    lineOf('serving', 'traffic', 'googleTraffic', serving.traffic),
    lineOf('storage', 'objects', 'googleObjects', stored),
    lineOf('storage', 'looks', 'googleReads', (count * looks) / 1000),
    lineOf('monitoring', 'samples', 'googleSamples', (count * samples) / 1e6),
    lineOf('monitoring', 'logs', 'googleLogs', logs),
  ];
  return { lines, instances: { count, vcpus, memory } };
}

function inSteps(memory: number): number {
  return Math.ceil(memory / STEP) * STEP;
}
