import type { Passes } from './passes.js';
import type { PeerRun } from './sides.js';

/** Of whole processes, of T1 and of T2, each counted run. */
export interface Overhead {
  readonly tracks: number;
  /** Of the CSV. */
  readonly bytes: number;
  readonly segue: readonly { readonly seconds: number; readonly clean: number; readonly train: number }[];
  readonly peer: readonly ({ readonly seconds: number } & PeerRun['stages'])[];
}

/** One run: seconds of the process, of T1 and T2 within it; memory of the process on this machine. */
interface RunCost {
  readonly seconds: number;
  readonly clean: number;
  readonly train: number;
  readonly peakMib: number;
}

/** A catalogue of one size on both engines. */
export interface SizeCost {
  readonly tracks: number;
  readonly here: RunCost;
  readonly cluster: RunCost;
  /** T1 alone, its rows left on the cluster but for a sample. */
  readonly left: { readonly clean: number };
  /** Over the training rows that the cluster wrote. */
  readonly passes: Passes;
}

/** results/spark.json. */
export interface SparkFigures {
  readonly machine: string;
  /** Of the machine, which the cluster has too. */
  readonly cores: number;
  readonly server: string;
  readonly k: number;
  readonly starts: number;
  readonly overhead: Overhead;
  readonly sizes: readonly SizeCost[];
  /** A run of the smallest size whose rows stay on the cluster, trained there. */
  readonly atScale: RunCost & { readonly iterations: number };
}
