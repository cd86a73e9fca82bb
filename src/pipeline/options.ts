import { availableParallelism } from 'node:os';
import { DEFAULT_POLICY, type GatePolicy } from '../gate/policy.js';

/** A cluster that can be driven from here. */
export type Engine = 'spark';

/** What decides the result of a run; stored with it. Two runs with equal options on equal data give the same model. */
export interface RunOptions {
  /** Absolute path of a file or folder, or an absolute glob; with a scheme where a cluster's storage has it. */
  readonly source: string;
  /** `auto`: as many as the model in production has, or a choice among 2 to 12 where there is none. */
  readonly k: number | 'auto';
  /** With `auto`: choose anew. */
  readonly choose_k?: true | undefined;
  readonly seed: number;
  readonly starts: number;
  readonly test_share: number;
  /** Rows up to which the Euclidean Silhouette is exact; above, it is estimated from a sample. */
  readonly exact_silhouette_rows: number;
  readonly rules: CleaningOptions;
  readonly gate: GatePolicy;
  /** Who cleans the catalogue, and trains on what is too much for this machine; absent where that is this machine. */
  readonly engine?: Engine | undefined;
  /** With such an engine: rows up to which all are brought here. Beyond, a sample of so many is, and the engine trains on all. */
  readonly local_rows?: number | undefined;
}

/** Rules that are off unless set. */
export interface CleaningOptions {
  readonly genres?: readonly string[] | undefined;
  /** Tracks must be shorter than this, in milliseconds. */
  readonly max_duration_ms?: number | undefined;
  readonly row_limit?: number | undefined;
}

/** What decides only how a run uses the machine; never its result. */
export interface Resources {
  readonly threads: number;
  /** DuckDB's memory limit, such as `1GB`. */
  readonly memoryLimit: string;
}

export const DEFAULT_OPTIONS: Omit<RunOptions, 'source'> = {
  k: 'auto',
  seed: 42,
  starts: 10,
  test_share: 0.2,
  exact_silhouette_rows: 50_000,
  rules: {},
  gate: DEFAULT_POLICY,
};

/** Rows that training has room for on an ordinary machine: 1.2 GB. */
export const LOCAL_ROWS = 20_000_000;

export function defaultResources(): Resources {
  return { threads: availableParallelism(), memoryLimit: '1GB' };
}
