import { demandOf } from '../../src/costs/demand.js';
import { ASSUMED } from '../../src/costs/load.js';
import { monthAt } from '../../src/costs/month.js';
import { eurosOf } from '../../src/costs/prices.js';
import { median } from '../report.js';
import type { SizeCost, SparkFigures } from './figures.js';

/** What nobody has measured: guesses on the dear side, as those of src/costs/load.ts. */
export const SUPPOSED = {
  /** Share of its processors that a cluster turns into work: stragglers, exchanges of rows, waiting. */
  efficiency: 0.6,
  /** Iterations of Lloyd's algorithm; 89 at ten million rows (bench/results/kernels.md). */
  iterations: 100,
  /** Passes over the rows beside: scale, sizes, Silhouettes of both sides. */
  morePasses: 10,
  /** Share of the rows that are trained on. */
  trainShare: 0.8,
  /** Seconds until the machines are there, and after the work. */
  bootSeconds: ASSUMED.bootSeconds,
  /** A provider's virtual processor against a core of the machine that was measured. */
  vcpuSpeed: ASSUMED.vcpuSpeed,
} as const;

/** A machine of the cluster: Hetzner's CCX33, whose price src/costs/prices.ts has. */
export const NODE = { vcpus: 8, gib: 32, price: 'hetznerCcx33Hour' } as const;

/** Seconds that a work takes: some however few the rows are, and more for each million of rows. */
export interface Line {
  readonly fixed: number;
  readonly perMillion: number;
}

/** What was measured, as lines: on as many cores as the bench had. */
export interface Speeds {
  readonly cores: number;
  /** T1 on the cluster, rows staying there. */
  readonly clean: Line;
  /** Bringing rows here, this machine's part: no cluster makes it faster. */
  readonly bring: Line;
  /** One pass over the training rows, by training rows. */
  readonly pass: Line;
}

/** One run of the plan. */
export interface PlannedRun {
  /** Seconds. */
  readonly clean: number;
  readonly train: number;
  /** With the start of the machines. */
  readonly whole: number;
  /** Whole hours of all machines at Hetzner. */
  readonly eur: number;
  /** By the second, at Fargate's price of processors and memory. */
  readonly eurBySecond: number;
}

export function speedsOf({ cores, sizes }: SparkFigures): Speeds {
  const line = (x: (size: SizeCost) => number, y: (size: SizeCost) => number): Line =>
    lineThrough(sizes.map((size) => [x(size), y(size)]));
  return {
    cores,
    clean: line(
      ({ tracks }) => tracks,
      ({ left }) => left.clean,
    ),
    bring: line(
      ({ tracks }) => tracks,
      ({ cluster, left }) => Math.max(0, cluster.clean - left.clean),
    ),
    pass: line(
      ({ passes }) => passes.rows,
      ({ passes }) => median(passes.seconds),
    ),
  };
}

/** The line through the first and the last point; nothing takes less than no time, and one size alone is taken for proportional. */
export function lineThrough(points: readonly (readonly [rows: number, seconds: number])[]): Line {
  const [[x0, y0], [x1, y1]] = [points[0]!, points.at(-1)!];
  if (x0 === x1) return { fixed: 0, perMillion: (y0 / x0) * 1e6 };
  const perMillion = Math.max(0, ((y1 - y0) / (x1 - x0)) * 1e6);
  return { fixed: Math.max(0, y0 - (perMillion * x0) / 1e6), perMillion };
}

/**
 * A run on a cluster of so many machines and one more for the driver: rows beyond `localRows` stay there, and a sample of so many comes here.
 *
 * @param localRows as `--local-rows`
 */
export function runOnCluster(speeds: Speeds, rows: number, nodes: number, localRows: number): PlannedRun {
  const faster = (nodes * NODE.vcpus * SUPPOSED.vcpuSpeed * SUPPOSED.efficiency) / speeds.cores;
  const brought = secondsOf(speeds.bring, Math.min(rows, localRows)) / SUPPOSED.vcpuSpeed;
  const clean = secondsOf(speeds.clean, rows, faster) + brought;
  const train = passesOf(SUPPOSED.iterations) * secondsOf(speeds.pass, rows * SUPPOSED.trainShare, faster);
  const whole = SUPPOSED.bootSeconds + clean + train;
  const machines = nodes + 1;
  const bySecond = NODE.vcpus * eurosOf('fargateVcpu') + NODE.gib * eurosOf('fargateMemory');
  return {
    clean,
    train,
    whole,
    eur: machines * Math.ceil(whole / 3600) * eurosOf(NODE.price),
    eurBySecond: machines * (whole / 3600) * bySecond,
  };
}

/** Passes over the rows that a training on the cluster makes. */
export function passesOf(iterations: number): number {
  return iterations + SUPPOSED.morePasses;
}

function secondsOf({ fixed, perMillion }: Line, rows: number, faster = 1): number {
  return fixed + (perMillion * rows) / 1e6 / faster;
}

/** A run on one rented machine, as `segue costs` reckons it; whether its memory does. */
export function runOnOneMachine(rows: number): {
  readonly whole: number;
  readonly gib: number;
  readonly fits: boolean;
  readonly eur: number;
} {
  const load = { tracks: rows, requestsPerMonth: 0, retrainsPerMonth: 1 };
  const { seconds, memory } = demandOf(load, ASSUMED).retrain;
  return {
    whole: seconds,
    gib: memory,
    fits: memory <= NODE.gib,
    eur: monthAt('hetzner', load).items.retraining,
  };
}

/** The fewest rows, in millions of one digit, from which a cluster is sooner done than one machine; undefined up to ten thousand million. */
export function crossOver(speeds: Speeds, nodes: number, localRows: number): number | undefined {
  for (let step = 1e6; step <= 1e9; step *= 10) {
    for (let digit = 1; digit <= 9; digit += 1) {
      const rows = digit * step;
      if (runOnCluster(speeds, rows, nodes, localRows).whole < runOnOneMachine(rows).whole) return rows;
    }
  }
  return undefined;
}

/** The largest catalogue, in millions of one digit, that one machine's memory does. */
export function mostOnOneMachine(): number {
  let most = 1e6;
  for (let step = 1e6; step <= 1e9; step *= 10)
    for (let digit = 1; digit <= 9; digit += 1)
      if (runOnOneMachine(digit * step).fits) most = Math.max(most, digit * step);
  return most;
}
