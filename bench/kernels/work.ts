import type { Columns } from '#segue/core/columns.js';
import type { Pool } from '#segue/training/pool.js';
import type { Check } from '../check.js';
import type { Timing } from '../interleave.js';
import type { Peer } from '../peers/python.js';
import type { Points } from './ours.js';

/** Names of the works, as `--only` and the JSON result have them. */
export const WORKS = [
  'fit_1m',
  'fit_10m',
  'auto_k_1m',
  'silhouette_50k',
  'predict_10m',
  'scaler_10m',
  'npm_100k',
  'bytes_per_row',
] as const;

export type WorkName = (typeof WORKS)[number];

/** A work that was timed side by side. */
export interface TimedResult {
  readonly kind: 'timed';
  readonly name: WorkName;
  readonly description: string;
  readonly timings: readonly Timing[];
  readonly checks: readonly Check[];
  readonly notes: readonly string[];
}

/** Memory of training. */
export interface MemoryResult {
  readonly kind: 'memory';
  readonly name: WorkName;
  readonly description: string;
  readonly bytesPerRow: number;
  /** Peak resident memory by rows, bytes. */
  readonly peaks: readonly { readonly rows: number; readonly bytes: number }[];
}

export type WorkResult = TimedResult | MemoryResult;

/** A data set that both sides hold, under the same name. */
export interface DataSet {
  readonly name: string;
  readonly columns: Columns;
}

/** What a work is given. */
export interface Bench {
  readonly pool: Pool;
  readonly threads: number;
  /** A Python process that imports scikit-learn alone, so that no other library's threads are beside it. */
  readonly peer: Peer;
  /** One for scikit-learn-intelex and faiss. */
  readonly others: Peer;
  /** Optional libraries that Python has. */
  readonly has: { readonly intelex: boolean; readonly faiss: boolean };
  readonly rounds: number;
  /** Rows instead of `rows`: fewer in a smoke run. */
  rows(rows: number): number;
  /** Scratch folder. */
  readonly folder: string;
  /** Synthetic tracks, standardised or in their units, loaded on both sides; made once. */
  data(rows: number, units: 'z' | 'raw'): Promise<DataSet>;
  /** k-means++ first centroids of standardised tracks; chosen once. */
  initial(rows: number): Promise<Points>;
  /** Runs the peer's `--k auto` whole instead of one start in ten. */
  readonly full: boolean;
}
