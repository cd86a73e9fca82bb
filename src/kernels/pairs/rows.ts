import { PART_STRIDE, partTile } from '../arena.js';
import { readRows } from '../row-source.js';
import { PART } from '../sizes.js';
import { type Pairs, segmentAt } from './job.js';
import { firstLeaf, SLOTS, SMALL } from './memory.js';

/** Reads the rows, normalises them and groups them by segment. */
export function groupRows({ job, d, kernels, at, own, floats, integers }: Pairs): void {
  const { source, normal, starts, pairs, k } = job;
  const tile = partTile(pairs.memory, own, d);
  floats.set(normal.centre, at.centre / 8);
  integers.set(starts.subarray(0, k), own.next / 4);
  for (let first = 0; first < source.rows; first += PART) {
    const count = Math.min(PART, source.rows - first);
    readRows(source, first, count, tile);
    kernels.normalise(d, count, own.columns, PART_STRIDE, at.centre, normal.factor, own.part);
    kernels.deal(d, count, own.part, own.labels, first, own.next, at.packed, at.numbers);
  }
}

/** Splits a segment's rows into leaves of rows that lie close together, and finds the moments of all of them. */
export function splitSegment({ job, d, kernels, at, floats, integers }: Pairs, segment: number): void {
  const start = job.starts[segment]!;
  const end = job.starts[segment + 1]!;
  const order = at.order / 4;
  for (let place = start; place < end; place++) integers[order + place] = place;
  const first = firstLeaf(start, segment);
  const ends = at.ends + 4 * first;
  const last = start < end ? kernels.split(d, at.packed, at.order, start, end, ends) : ends;
  const rows = at.rows + 8 * d * start;
  kernels.arrange(d, end - start, at.packed, at.order + 4 * start, rows, at.floats + 4 * d * start);
  const moments = 8 * (d + 2);
  if (start < end) kernels.momentsOf(d, end - start, rows, at.segments + moments * segment);
  else floats.fill(0, (at.segments + moments * segment) / 8, (at.segments + moments * (segment + 1)) / 8);
  const leaves = (last - ends) / 4;
  for (let leaf = 0, from = start; leaf < leaves; leaf++) {
    const to = integers[ends / 4 + leaf]!;
    kernels.momentsOf(d, to - from, at.rows + 8 * d * from, at.leaves + moments * (first + leaf));
    const floatsAt = at.floats + 4 * d * from;
    kernels.lossOf(d, to - from, at.rows + 8 * d * from, floatsAt, at.losses + 8 * d * (first + leaf));
    from = to;
  }
  integers.set([first, first + leaves], at.leafRanges / 4 + 2 * segment);
}

/** Lists the segments that may be nearest to grouped rows [first, end); rows of small segments count as having too many. */
export function findSegments(pairs: Pairs, first: number, end: number): void {
  const { job, d, kernels, at, own, integers } = pairs;
  const { k, starts } = job;
  for (let row = first, segment = 0; row < end; row++) {
    segment = segmentAt(starts, row, segment);
    const size = starts[segment + 1]! - starts[segment]!;
    if (size < SMALL) {
      integers[at.counts / 4 + row] = size < 2 ? 0 : SLOTS + 1; // a lone row scores 0, whatever is near
      continue;
    }
    const slots = at.slots + 4 * SLOTS * row;
    const count = kernels.nearestSegments(
      d,
      k,
      at.rows + 8 * d * row,
      segment,
      at.segments,
      at.leafRanges,
      at.leaves,
      own.lows,
      SLOTS,
      slots,
    );
    integers[at.counts / 4 + row] = count;
    if (count <= SLOTS) startTotals(pairs, row, segment, integers.subarray(slots / 4, slots / 4 + count));
  }
}

/** Starts the totals of a row with what its distances, in 32-bit floats, will lack. */
function startTotals(pairs: Pairs, row: number, segment: number, others: Int32Array): void {
  const { job, d, kernels, at, own, floats, integers } = pairs;
  const [x, float] = [at.rows + 8 * d * row, at.floats + 4 * d * row];
  const start = (total: number, to: number, i: number): void => {
    const small = job.starts[to + 1]! - job.starts[to]! < SMALL; // such distances are found in doubles
    const range = at.leafRanges + 8 * to;
    floats[own.sums / 8 + i] = small ? 0 : kernels.lossTo(d, x, float, range, at.leaves, at.losses);
    integers[own.rowSlots / 4 + i] = total;
  };
  start(row, segment, 0);
  others.forEach((other, i) => start(job.source.rows + SLOTS * row + i, other, i + 1));
  kernels.addFixed(1 + others.length, own.sums, own.rowSlots, job.normal.fixed, at.totals);
}
