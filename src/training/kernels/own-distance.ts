import { packedWidth, packRange, squaredDistance, TILE } from './packed.js';

/** Distance of each row to the centre of its own segment. Centres are packed rows (packed.ts). */
export interface OwnDistanceArgs {
  readonly columns: readonly Float64Array[];
  readonly centres: Float64Array;
  readonly k: number;
  readonly labels: Int32Array;
  /** Out, per row: squared distance; where the caller wants it. */
  readonly squares?: Float64Array;
  /** Out, blocks × k: sum of the squared distances, per segment. */
  readonly within: Float64Array;
}

/** Squared distances of rows [from, to) to the centres of their segments, and their sums. */
export function ownDistanceBlock(args: OwnDistanceArgs, from: number, to: number, block: number): void {
  const { columns, centres, k, labels, squares, within } = args;
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const sums = within.subarray(block * k, (block + 1) * k).fill(0);
  for (let start = from; start < to; start += TILE) {
    const count = Math.min(TILE, to - start);
    packRange(columns, start, count, width, packed);
    for (let i = 0; i < count; i++) {
      const label = labels[start + i]!;
      const square = squaredDistance(packed, i * width, centres, label * width, width);
      if (squares !== undefined) squares[start + i] = square;
      sums[label]! += square;
    }
  }
}
