import { type Address, instantiate, type Kernels } from '../instance.js';
import type { Normal } from '../normal.js';
import type { RowSource } from '../row-source.js';
import type { Team } from '../team.js';
import type { PairMemory } from './memory.js';

/** All pairs of rows that the exact Euclidean Silhouette needs. */
export interface PairsJob {
  readonly source: RowSource;
  readonly k: number;
  readonly normal: Normal;
  /** k + 1 places: where each segment's rows begin once they are grouped. */
  readonly starts: Int32Array;
  readonly pairs: PairMemory;
  /** Out, per row of the source. */
  readonly scores: Float64Array<SharedArrayBuffer>;
}

/** A job as one thread sees it. */
export interface Pairs {
  readonly job: PairsJob;
  readonly d: number;
  readonly kernels: Kernels;
  readonly at: PairMemory['at'];
  /** This thread's scratch. */
  readonly own: PairMemory['own'];
  readonly floats: Float64Array<SharedArrayBuffer>;
  readonly integers: Int32Array<SharedArrayBuffer>;
}

export function openPairs(job: PairsJob, { rank }: Team): Pairs {
  const { memory, at, own, ownBytes } = job.pairs;
  const move = ([name, address]: [string, Address]): [string, Address] => [name, address + rank * ownBytes];
  return {
    job,
    d: job.source.features,
    kernels: instantiate(memory),
    at,
    own: Object.fromEntries(Object.entries(own).map(move)) as PairMemory['own'],
    floats: new Float64Array(memory.buffer),
    integers: new Int32Array(memory.buffer),
  };
}

/** Segment of the row at a place among the grouped rows, which comes after one of segment `from` or there. */
export function segmentAt(starts: Int32Array, place: number, from: number): number {
  let segment = from;
  while (starts[segment + 1]! <= place) segment++;
  return segment;
}
