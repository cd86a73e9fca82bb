import { assignBlock } from './assign.js';
import { centreSilhouetteBlock } from './centre-silhouette.js';
import { labelBlock } from './label.js';
import { ownDistanceBlock } from './own-distance.js';
import { pairSilhouetteBlock } from './pair-silhouette.js';
import { seedChoiceBlock, seedTrialBlock } from './seeding.js';
import { sumBlock } from './sums.js';

/**
 * The numeric work that threads share. A kernel handles items [from, to) of its arguments, block number `block`, and writes only what
 * belongs to that block: the result depends on the blocks, never on who ran them or when. Arguments are numbers and typed arrays over
 * shared memory. No kernel needs Node, so the same code runs in a browser's worker.
 */
export const KERNELS = {
  assign: assignBlock,
  centreSilhouette: centreSilhouetteBlock,
  label: labelBlock,
  ownDistance: ownDistanceBlock,
  pairSilhouette: pairSilhouetteBlock,
  seedChoice: seedChoiceBlock,
  seedTrial: seedTrialBlock,
  sum: sumBlock,
} as const;

export type KernelName = keyof typeof KERNELS;

export type KernelArgs<N extends KernelName> = Parameters<(typeof KERNELS)[N]>[0];

/** Work for a pool: one kernel over all blocks of its items. */
export interface Job<N extends KernelName = KernelName> {
  readonly kernel: N;
  readonly args: KernelArgs<N>;
  readonly items: number;
  /** Items per block; part of the job, not of the machine, so that sums are grouped the same way everywhere. */
  readonly blockSize: number;
}

export function blocksOf({ items, blockSize }: Job): number {
  return Math.ceil(items / blockSize);
}

/** Runs one block of a job in this thread. */
export function runBlock({ kernel, args, items, blockSize }: Job, block: number): void {
  const run = KERNELS[kernel] as (args: unknown, from: number, to: number, block: number) => void;
  const from = block * blockSize;
  run(args, from, Math.min(from + blockSize, items), block);
}
