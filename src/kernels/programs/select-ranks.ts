import type { ColumnChunk } from './column-values.js';

/** Bins per group and pass. */
const BINS = 16_384;

/** A bin of more values is divided again instead of being sorted. */
const MOST_SORTED = 1 << 16;

/** Values of a group between two limits, of which some ranks are wanted. */
interface Range {
  readonly group: number;
  readonly low: number;
  readonly high: number;
  /** Values of the group below. */
  readonly before: number;
  readonly ranks: readonly number[];
}

/** One column of some groups: group 0 is all rows, group g > 0 the segment `firstLabel + g - 1`. */
export interface GroupedColumn {
  readonly read: () => Iterable<ColumnChunk>;
  readonly firstLabel: number;
}

/**
 * The values at wanted ranks of each group. Values are counted by bins of equal width; those of the bins that hold a wanted rank are
 * sorted, or divided again where they are many and not all equal. No more than these are copied.
 *
 * @param low no value lies below
 * @param high no value lies above
 */
export function selectRanks(
  column: GroupedColumn,
  wanted: readonly (readonly number[])[],
  low: number,
  high: number,
): number[][] {
  const found = wanted.map(() => new Map<number, number>());
  let open: readonly Range[] = wanted.flatMap((ranks, group) =>
    ranks.length === 0 ? [] : [{ group, low, high, before: 0, ranks }],
  );
  while (open.length > 0) open = narrow(column, open, found);
  return wanted.map((ranks, group) => ranks.map((rank) => found[group]!.get(rank)!));
}

/** Settles what it can of one range per group, and returns what is left. */
function narrow(
  column: GroupedColumn,
  open: readonly Range[],
  found: readonly Map<number, number>[],
): Range[] {
  const now = new Map<number, Range>();
  const later: Range[] = [];
  for (const range of open) {
    if (range.low === range.high) for (const rank of range.ranks) found[range.group]!.set(rank, range.low);
    else if (now.has(range.group)) later.push(range);
    else now.set(range.group, range);
  }
  if (now.size === 0) return later;
  const grid = gridOf([...now.values()], found.length);
  const counts = countBins(column, grid);
  return [...later, ...gather(column, grid, targetsOf(now, counts), found)];
}

/** Per group the limits of its range and bins per unit; a group without a range holds nothing. */
interface Grid {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** A power of two that brings values to where the width of the range, and bins per unit of it, are finite. */
  readonly lift: Float64Array;
  readonly perUnit: Float64Array;
}

function gridOf(ranges: readonly Range[], groups: number): Grid {
  const low = new Float64Array(groups).fill(Infinity);
  const high = new Float64Array(groups).fill(-Infinity);
  const lift = new Float64Array(groups).fill(1);
  const perUnit = new Float64Array(groups);
  for (const { group, low: from, high: to } of ranges) {
    low[group] = from;
    high[group] = to;
    lift[group] = liftFor(to - from);
    perUnit[group] = BINS / (to * lift[group] - from * lift[group]);
  }
  return { low, high, lift, perUnit };
}

function liftFor(width: number): number {
  if (width === Infinity) return 0.25;
  return width < 2 ** -1000 ? 2 ** 500 : 1;
}

/** The bin of a value of a group, counted over all groups; -1 outside its range. Never falls as the value grows. */
function binOf({ low, high, lift, perUnit }: Grid, group: number, x: number): number {
  const from = low[group]!;
  if (!(x >= from && x <= high[group]!)) return -1;
  const above = x * lift[group]! - from * lift[group]!;
  return group * BINS + Math.min(BINS - 1, Math.floor(above * perUnit[group]!));
}

function countBins(column: GroupedColumn, grid: Grid): Uint32Array {
  const { read, firstLabel } = column;
  const groups = grid.low.length;
  const counts = new Uint32Array(groups * BINS);
  for (const { rows, values, labels } of read()) {
    for (let i = 0; i < rows; i++) {
      const x = values[i]!;
      const all = binOf(grid, 0, x);
      if (all >= 0) counts[all]!++;
      const group = labels[i]! - firstLabel + 1;
      if (group < 1 || group >= groups) continue;
      const own = binOf(grid, group, x);
      if (own >= 0) counts[own]!++;
    }
  }
  return counts;
}

/** A bin that holds wanted ranks. */
interface Target {
  readonly group: number;
  readonly before: number;
  readonly count: number;
  readonly ranks: number[];
  /** Its values, unless they are too many; then only their limits. */
  readonly values: number[];
  low: number;
  high: number;
}

function targetsOf(ranges: ReadonlyMap<number, Range>, counts: Uint32Array): Map<number, Target> {
  const targets = new Map<number, Target>();
  for (const [group, range] of ranges) {
    let { before } = range;
    let bin = group * BINS;
    for (const rank of range.ranks) {
      while (before + counts[bin]! <= rank) before += counts[bin++]!;
      const target = targets.get(bin);
      if (target !== undefined) target.ranks.push(rank);
      else {
        const count = counts[bin]!;
        targets.set(bin, { group, before, count, ranks: [rank], values: [], low: Infinity, high: -Infinity });
      }
    }
  }
  return targets;
}

/** Sorts the values of targets; returns those that are to be divided again. */
function gather(
  column: GroupedColumn,
  grid: Grid,
  targets: ReadonlyMap<number, Target>,
  found: readonly Map<number, number>[],
): Range[] {
  const { read, firstLabel } = column;
  const groups = grid.low.length;
  const isTarget = new Uint8Array(groups * BINS);
  for (const bin of targets.keys()) isTarget[bin] = 1;
  for (const { rows, values, labels } of read()) {
    for (let i = 0; i < rows; i++) {
      const x = values[i]!;
      const all = binOf(grid, 0, x);
      if (all >= 0 && isTarget[all] === 1) take(targets.get(all)!, x);
      const group = labels[i]! - firstLabel + 1;
      if (group < 1 || group >= groups) continue;
      const own = binOf(grid, group, x);
      if (own >= 0 && isTarget[own] === 1) take(targets.get(own)!, x);
    }
  }
  return [...targets.values()].flatMap(({ group, before, count, ranks, values, low, high }) => {
    if (count > MOST_SORTED) return [{ group, before, ranks, low, high }];
    const ascending = Float64Array.from(values).toSorted();
    for (const rank of ranks) found[group]!.set(rank, ascending[rank - before]!);
    return [];
  });
}

function take(target: Target, x: number): void {
  if (target.count <= MOST_SORTED) target.values.push(x);
  if (x < target.low) target.low = x;
  if (x > target.high) target.high = x;
}
