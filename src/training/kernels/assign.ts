import { findNearest, type Nearest } from './nearest.js';
import { packedWidth, packListed, TILE } from './packed.js';
import { type SumArgs, sumBlock } from './sums.js';

/** Share of a distance that rounding could have moved; the bounds below are narrowed by it, so that they never lie. */
const ROUNDING = 1e-11;

/**
 * One step of Lloyd's algorithm over blocks of rows. Centroids are packed rows (packed.ts). `labels` hold the last step's labels at
 * first (-1 before the first step), this step's at the end; counts and sums stay as they are where no label of the block changed.
 */
export interface AssignArgs extends SumArgs {
  readonly centroids: Float64Array;
  /** How far the centroids may drift before the row must be looked at again; -Infinity at first. */
  readonly slack: Float64Array;
  /** Per centroid: how far it and the one that moved most besides it have moved, added up over the steps so far. */
  readonly drift: Float64Array;
  /** Out, per block: rows that changed their label. */
  readonly changed: Int32Array;
}

/**
 * Assigns rows [from, to) to their nearest centroid (ties to the lowest) and adds up each segment. A row whose nearest centroid can't
 * have changed is passed over: the gap between its two nearest shrinks by no more than the centroids moved (Hamerly, "Making k-means
 * even faster", 2010, with both bounds merged into one number). Labels and sums are the same, bit for bit, as without that.
 */
export function assignBlock(args: AssignArgs, from: number, to: number, block: number): void {
  const changed = assignRows(args, from, to);
  args.changed[block] = changed;
  if (changed > 0) sumBlock(args, from, to, block);
}

function assignRows(args: AssignArgs, from: number, to: number): number {
  const { columns, centroids, k, labels, slack, drift } = args;
  const width = packedWidth(columns.length);
  const packed = new Float64Array(TILE * width);
  const rows = new Int32Array(TILE);
  const nearest: Nearest = {
    label: new Int32Array(TILE),
    best: new Float64Array(TILE),
    second: new Float64Array(TILE),
  };
  let changed = 0;
  for (let start = from; start < to; start += TILE) {
    const count = listUncertain(labels, slack, drift, start, Math.min(start + TILE, to), rows);
    packListed(columns, rows, count, width, packed);
    for (let i = 0; i < count; i++) nearest.label[i] = Math.max(0, labels[rows[i]!]!);
    findNearest(packed, count, width, centroids, k, nearest);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const label = nearest.label[i]!;
      const moved = drift[label]!;
      const gap = Math.sqrt(nearest.second[i]!) * (1 - ROUNDING) - Math.sqrt(nearest.best[i]!);
      slack[row] = gap + moved * (1 - ROUNDING);
      if (labels[row] !== label) {
        labels[row] = label;
        changed++;
      }
    }
  }
  return changed;
}

function listUncertain(
  labels: Int32Array,
  slack: Float64Array,
  drift: Float64Array,
  from: number,
  to: number,
  rows: Int32Array,
): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    rows[count] = i; // written always and kept only when counted: no branch to mispredict
    const label = labels[i]!;
    count += label >= 0 && slack[i]! > drift[label]! ? 0 : 1;
  }
  return count;
}
