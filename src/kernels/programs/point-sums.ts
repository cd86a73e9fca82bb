import { layOut, openArena, PART_STRIDE, partSizes, partTile } from '../arena.js';
import type { Address } from '../instance.js';
import { type RowSource, readRows } from '../row-source.js';
import { PART } from '../sizes.js';
import { eachStretch } from '../stretches.js';
import type { Team } from '../team.js';
import { addStretches } from './segment-moments.js';

/** Sums of Euclidean distances from chosen points to the rows of segments. */
export interface PointSumsJob {
  readonly source: RowSource;
  readonly k: number;
  /** Rows are taken as (x - centre) · factor. */
  readonly centre: readonly number[];
  readonly factor: number;
  /** Points × d, likewise. */
  readonly points: Float64Array<SharedArrayBuffer>;
  /** k + 1 places in `wanted`: those of segment c are [starts[c], starts[c + 1]). */
  readonly starts: Int32Array;
  /** Which points each segment's rows matter to. */
  readonly wanted: Int32Array<SharedArrayBuffer>;
  /** In doubles; otherwise each distance in 32-bit floats. */
  readonly precise: boolean;
  /** Rows per stretch (stretches.ts). */
  readonly stretch: number;
  /** Shared scratch: stretches × entries of `wanted`. */
  readonly sums: Float64Array<SharedArrayBuffer>;
}

/** The sum per entry of `wanted`. Reads all rows once, part by part; nothing is kept of them. */
export function pointSums(job: PointSumsJob, team: Team): Float64Array {
  const { source, k, centre, factor, points, starts, wanted, precise, stretch, sums } = job;
  const d = source.features;
  const { at, end } = layOut({
    ...partSizes(d),
    centre: 8 * d,
    rows: 8 * d * PART,
    list: 4 * PART,
    next: 4 * k,
    tile: 8 * d * (PART + 4),
    points: 8 * points.length,
    wanted: 4 * wanted.length,
    sums: 8 * wanted.length,
  });
  const { memory, kernels } = openArena(end);
  const tile = partTile(memory, at, d);
  const floats = new Float64Array(memory.buffer);
  const next = new Int32Array(memory.buffer, at.next, k);
  floats.set(centre, at.centre / 8);
  if (precise) floats.set(points, at.points / 8);
  else new Float32Array(memory.buffer).set(points, at.points / 4);
  new Int32Array(memory.buffer).set(wanted, at.wanted / 4);
  const [gather, sumRows] = precise
    ? (['gather64', 'sumRows64'] as const)
    : (['gather32', 'sumRows32'] as const);

  const addSegment = (c: number, list: Address, count: number): void => {
    const entries = starts[c + 1]! - starts[c]!;
    if (count === 0 || entries === 0) return;
    kernels[gather](d, at.rows, list, count, at.tile);
    const entry = starts[c]!;
    kernels[sumRows](d, at.points, at.wanted + 4 * entry, entries, at.tile, count, at.sums + 8 * entry);
  };
  eachStretch(source.rows, stretch, team, (number, parts) => {
    const own = floats.subarray(at.sums / 8, at.sums / 8 + wanted.length).fill(0);
    for (const { first, count } of parts) {
      readRows(source, first, count, tile);
      kernels.normalise(d, count, at.columns, PART_STRIDE, at.centre, factor, at.rows);
      startLists(tile.labels, count, next);
      kernels.listByLabel(count, at.labels, at.next, at.list);
      // by now `next` holds where each label's rows end
      next.forEach((place, c) => {
        const from = c === 0 ? 0 : next[c - 1]!;
        addSegment(c, at.list + 4 * from, place - from);
      });
    }
    sums.set(own, number * wanted.length);
  });
  team.barrier();
  return team.rank === 0 ? addStretches(sums, wanted.length) : new Float64Array();
}

/** Writes where each label's rows begin, once rows are listed by label. */
function startLists(labels: Int32Array, count: number, next: Int32Array): void {
  next.fill(0);
  for (let row = 0; row < count; row++) next[labels[row]!]!++;
  let place = 0;
  next.forEach((size, c) => {
    next[c] = place;
    place += size;
  });
}
