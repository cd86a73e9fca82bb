import { squaredDistancesTo } from './distances.js';
import { packedWidth, packRange, TILE } from './packed.js';

/** What each candidate for the next centroid would leave as potential. Candidates are packed rows (packed.ts). */
export interface SeedTrialArgs {
  readonly columns: readonly Float64Array[];
  readonly candidates: Float64Array;
  readonly trials: number;
  /** Per row: squared distance to the nearest centroid chosen so far. */
  readonly closest: Float64Array;
  /** Out, blocks × trials: sum of those distances if the candidate were chosen. */
  readonly potentials: Float64Array;
}

/** Potentials of the candidates over rows [from, to). */
export function seedTrialBlock(args: SeedTrialArgs, from: number, to: number, block: number): void {
  const { columns, candidates, trials, closest, potentials } = args;
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const squares = new Float64Array(TILE);
  const sums = potentials.subarray(block * trials, (block + 1) * trials).fill(0);
  for (let start = from; start < to; start += TILE) {
    const count = Math.min(TILE, to - start);
    packRange(columns, start, count, width, packed);
    for (let trial = 0; trial < trials; trial++) {
      squaredDistancesTo(packed, count, width, candidates, trial * width, squares);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += Math.min(closest[start + i]!, squares[i]!);
      sums[trial]! += sum;
    }
  }
}

/** Takes a chosen centroid, a packed row, into account. */
export interface SeedChoiceArgs {
  readonly columns: readonly Float64Array[];
  readonly centroid: Float64Array;
  /** In and out, per row: squared distance to the nearest centroid chosen so far; Infinity at first. */
  readonly closest: Float64Array;
  /** Out, per block: sum of those distances. */
  readonly potentials: Float64Array;
}

/** Updates rows [from, to) for a chosen centroid. */
export function seedChoiceBlock(args: SeedChoiceArgs, from: number, to: number, block: number): void {
  const { columns, centroid, closest, potentials } = args;
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const squares = new Float64Array(TILE);
  let sum = 0;
  for (let start = from; start < to; start += TILE) {
    const count = Math.min(TILE, to - start);
    packRange(columns, start, count, width, packed);
    squaredDistancesTo(packed, count, width, centroid, 0, squares);
    for (let i = 0; i < count; i++) {
      const least = Math.min(closest[start + i]!, squares[i]!);
      closest[start + i] = least;
      sum += least;
    }
  }
  potentials[block] = sum;
}
