import { type Progress, silent } from '../../core/progress.js';
import { NEAREST, z } from '../../engine/nearest-centroid.js';
import { identifier } from '../../engine/sql.js';
import type { LloydResult, LloydSettings, Stop } from '../../kernels/programs/lloyd.js';
import { sum } from '../sum.js';
import { bySegment, labelled, type RowsAtScale, SEGMENT } from './rows.js';

type Points = readonly (readonly number[])[];

/** What one pass over the rows tells of the segments of given centroids. */
export interface Pass {
  readonly sizes: readonly number[];
  /** Sum of the squared distances of a segment's rows to its centroid. */
  readonly within: readonly number[];
  /** k × d: sums of the segments' rows, in standardised units. */
  readonly sums: Points;
}

/** A fit, with the last pass over the rows. */
export type FitAtScale = LloydResult & Pass;

/** A centroid that moves no further, along any feature, hasn't moved: its sums were added up in another order. */
const REST = 1e-10;

/** One aggregation: a cluster sends k × (d + 2) numbers, however many rows it holds. */
export async function passOver(rows: RowsAtScale, centroids: Points): Promise<Pass> {
  const sums = rows.names.map((_, j) => `sum(${z(j)}) AS s${j}`);
  const of = bySegment(
    await rows.engine.rows(`
      SELECT ${SEGMENT} AS id, count(*) AS n, sum(${NEAREST}) AS within, ${sums.join(', ')}
      FROM ${labelled(rows, centroids)} GROUP BY ${SEGMENT}`),
  );
  return {
    sizes: centroids.map((_, id) => of(id, 'n')),
    within: centroids.map((_, id) => of(id, 'within')),
    sums: centroids.map((_, id) => rows.names.map((_name, j) => of(id, `s${j}`))),
  };
}

/**
 * Lloyd's algorithm from given centroids, one aggregation an iteration, with the steps, stops and counts of the kernels
 * (kernels/programs/lloyd.ts). That no row changed its segment is seen by sizes that stay and centroids that rest.
 *
 * @param rows at least as many as centroids
 */
export async function fitAtScale(
  rows: RowsAtScale,
  initial: Points,
  { maxIterations, tolerance }: LloydSettings,
  progress: Progress = silent,
): Promise<FitAtScale> {
  let centroids = initial;
  let earlier: Pass | undefined;
  let iterations = 0;
  let stop: Stop = 'iterations';
  while (iterations < maxIterations && stop === 'iterations') {
    iterations += 1;
    progress.step(stepOf(initial.length, iterations, earlier));
    const pass = await passOver(rows, centroids);
    const next = averages(await withoutEmpty(rows, centroids, pass));
    if (earlier !== undefined && isSame(earlier.sizes, pass.sizes) && atRest(centroids, next))
      stop = 'labels';
    else if (squaredShift(centroids, next) <= tolerance) stop = 'tolerance';
    centroids = next;
    earlier = pass;
  }
  const pass = await passOver(rows, centroids);
  return { centroids, ...pass, inertia: sum(pass.within), iterations, stop };
}

/**
 * Gives every empty segment the row that lies farthest from its centroid, one row each, farthest first, ties to the smaller id; that row
 * leaves its segment's sum. As in the kernels, where the place of a row among the blocks decides ties.
 */
async function withoutEmpty(rows: RowsAtScale, centroids: Points, pass: Pass): Promise<Pass> {
  const empty = [...pass.sizes.keys()].filter((id) => pass.sizes[id] === 0);
  if (empty.length === 0) return pass;
  const farthest = await rows.engine.rows(`
    SELECT ${SEGMENT} AS id, ${NEAREST} AS square, ${rows.names.map((_, j) => `${z(j)} AS z${j}`).join(', ')}
    FROM ${labelled(rows, centroids)} ORDER BY ${NEAREST} DESC, ${identifier(rows.id)} LIMIT ${empty.length}`);
  if (farthest[0]?.['square'] === 0) return pass; // fewer distinct rows than segments: there is nowhere to go
  const sizes = [...pass.sizes];
  const sums = pass.sums.map((point) => [...point]);
  farthest.forEach((row, i) => {
    const [from, to] = [Number(row['id']), empty[i]!];
    sizes[from]! -= 1;
    sizes[to] = 1;
    sums[to] = rows.names.map((_, j) => Number(row[`z${j}`]));
    sums[to].forEach((value, j) => (sums[from]![j]! -= value));
  });
  return { ...pass, sizes, sums };
}

/** Mean per segment; an empty one is put where the largest is. */
function averages({ sizes, sums }: Pass): Points {
  const largest = sizes.indexOf(Math.max(...sizes));
  return sizes.map((size, id) => {
    const from = size > 0 ? id : largest;
    return sums[from]!.map((total) => total / sizes[from]!);
  });
}

function stepOf(k: number, iteration: number, earlier: Pass | undefined): string {
  const so = earlier === undefined ? '' : `, WCSS ${sum(earlier.within).toPrecision(6)}`;
  return `fitting k=${k} to all rows: iteration ${iteration}${so}`;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((size, id) => size === b[id]);
}

function atRest(before: Points, after: Points): boolean {
  return before.every((point, id) => point.every((c, j) => Math.abs(after[id]![j]! - c) <= REST));
}

function squaredShift(before: Points, after: Points): number {
  return sum(before.flatMap((point, id) => point.map((c, j) => (after[id]![j]! - c) ** 2)));
}
