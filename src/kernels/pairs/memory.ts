import { allocateMemory } from '../../core/shared-memory.js';
import { layOut, partSizes } from '../arena.js';
import type { Address } from '../instance.js';
import { PART } from '../sizes.js';

/** Other segments whose distances to a row are added up, at most. */
export const SLOTS = 8;

/**
 * Distances to a segment of fewer rows are found in doubles: the rounding of so few rows' coordinates doesn't cancel out, and it would be
 * the same for all rows that the segment is nearest to.
 */
export const SMALL = 512;

/** Rows whose distances to a tile's rows are found before another tile is looked at: a whole number of blocks. */
export const CHUNK = 512;

/** Rows of a tile: small enough for a first-level cache. */
export const TILE_ROWS = 1024;

/** Rows of a leaf at least, where a segment has more than one (assembly/split.ts). */
const LEAST_LEAF = 128;

type Shared =
  | 'centre'
  | 'packed'
  | 'rows'
  | 'floats'
  | 'numbers'
  | 'order'
  | 'ends'
  | 'segments'
  | 'leafRanges'
  | 'leaves'
  | 'losses'
  | 'slots'
  | 'counts'
  | 'totals';

type Own =
  | 'columns'
  | 'labels'
  | 'part'
  | 'next'
  | 'lows'
  | 'tile'
  | 'list'
  | 'rowSlots'
  | 'columnList'
  | 'columnSlots'
  | 'sums'
  | 'columnSums'
  | 'short';

/** Where the rows of one job lie, grouped by segment, and what is found about them. */
export interface PairMemory {
  readonly memory: WebAssembly.Memory;
  /**
   * `rows` and `floats`: normalised rows one after another, in doubles and in 32-bit floats, grouped by segment and within it by leaf;
   * `numbers`: their numbers in the source, by place in `packed`; `order`: places in `packed`; `slots`: SLOTS segments a row;
   * `counts`: how many of them; `totals`: a row's sum of distances to its own segment, for every row, then one for every slot.
   */
  readonly at: Readonly<Record<Shared, Address>>;
  /** Where the first thread's scratch is. */
  readonly own: Readonly<Record<Own, Address>>;
  readonly ownBytes: number;
}

export function allocatePairs(rows: number, d: number, k: number, threads: number): PairMemory {
  const leaves = Math.floor(rows / LEAST_LEAF) + k;
  const shared = layOut({
    centre: 8 * d,
    packed: 8 * d * rows,
    rows: 8 * d * rows,
    floats: 4 * d * rows,
    numbers: 4 * rows,
    order: 4 * rows,
    ends: 4 * leaves,
    segments: 8 * (d + 2) * k,
    leafRanges: 8 * k,
    leaves: 8 * (d + 2) * leaves,
    losses: 8 * d * leaves,
    slots: 4 * SLOTS * rows,
    counts: 4 * rows,
    totals: 8 * (1 + SLOTS) * rows,
  });
  const own = layOut(
    {
      ...partSizes(d),
      part: 8 * d * PART,
      next: 4 * k,
      lows: 8 * k,
      tile: 8 * d * (TILE_ROWS + 2),
      list: 4 * CHUNK,
      rowSlots: 4 * CHUNK,
      columnList: 4 * TILE_ROWS,
      columnSlots: 4 * TILE_ROWS,
      sums: 8 * CHUNK,
      columnSums: 8 * TILE_ROWS,
      short: 4 * TILE_ROWS,
    },
    shared.end,
  );
  const ownBytes = own.end - shared.end;
  const memory = allocateMemory(shared.end + threads * ownBytes);
  return { memory, at: shared.at, own: own.at, ownBytes };
}

/** Number of the first leaf that a segment has room for. */
export function firstLeaf(start: number, segment: number): number {
  return Math.floor(start / LEAST_LEAF) + segment;
}
