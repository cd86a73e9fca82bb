import { seededRandom } from '../../core/random.js';
import { type Blocks, openBlocks } from '../blocks.js';
import { PART } from '../sizes.js';
import type { Team } from '../team.js';
import { tileOf } from '../tile.js';
import { type LloydResult, type LloydSettings, labelRows, lloyd, type Workplace } from './lloyd.js';
import { allocatePotentials, type Potentials, seed } from './seed.js';

/** Fits blocks for several k, several times each. */
export interface FitJob {
  readonly blocks: Blocks;
  readonly ks: readonly number[];
  readonly starts: number;
  /** Decides the first centroids of every start. */
  readonly seed: number;
  /** First centroids of every k, for its only start; the seed has no say then. */
  readonly initials?: readonly (readonly (readonly number[])[])[];
  readonly settings: LloydSettings;
  readonly shared: FitMemory;
}

/** What the threads of a fit share beside the blocks. */
export interface FitMemory {
  readonly changed: Int32Array<SharedArrayBuffer>;
  readonly potentials: Potentials;
}

export interface Fit extends LloydResult {
  readonly k: number;
  /** Number of the start that won, from 0. */
  readonly start: number;
}

export function allocateFitMemory(blocks: Blocks): FitMemory {
  const parts = Math.ceil(blocks.rows / PART) + blocks.shards.length;
  return {
    changed: new Int32Array(new SharedArrayBuffer(4 * parts)),
    potentials: allocatePotentials(blocks),
  };
}

/** Inertias closer than this, relative to the least, are those of one partition, found from several starts. */
const SAME = 1e-12;

/**
 * The best start of every k: the first whose inertia is the least, but for rounding. All share the blocks, which are sorted once. Leaves
 * the labels of the last k's best start in the blocks.
 */
export function fit(job: FitJob, team: Team): Fit[] {
  const { blocks, ks, starts, initials, settings, shared } = job;
  const shards = openBlocks(blocks, team.rank);
  const place: Workplace = {
    blocks,
    shards,
    tiles: shards.map((shard) => tileOf(shard, blocks)),
    team,
    changed: shared.changed,
  };
  return ks.map((k, i) => {
    let best: Fit | undefined;
    for (let start = 0; start < starts; start++) {
      const random = seededRandom(job.seed, start);
      const first = initials?.[i] ?? seed(blocks, shards, place.tiles, k, random, shared.potentials, team);
      const result = lloyd(place, first, settings);
      if (best === undefined || result.inertia < best.inertia * (1 - SAME)) best = { ...result, k, start };
      else if (start === starts - 1 && k === ks.at(-1)) labelRows(place, best.centroids);
      team.report(i * starts + start + 1, ks.length * starts, 'starts');
    }
    return best!;
  });
}
