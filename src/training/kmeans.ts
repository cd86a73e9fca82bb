import type { Columns } from '../core/columns.js';
import { SegueError } from '../core/errors.js';
import type { Progress } from '../core/progress.js';
import { releaseBlocks } from '../kernels/blocks.js';
import type { Labels } from '../kernels/labels.js';
import type { Fit, FitJob } from '../kernels/programs/fit.js';
import type { LloydResult } from '../kernels/programs/lloyd.js';
import type { Settled } from '../kernels/programs/settle.js';
import { canonicalOrder } from './canonical-order.js';
import { compareStarts, ROWS_TO_SAMPLE } from './compare-starts.js';
import type { Pool } from './pool.js';
import { labelsOf, type Rows, rowsOf } from './rows.js';
import { unitScaler } from './scaler.js';
import { sum } from './sum.js';

export interface KMeansOptions {
  readonly k: number;
  /** Decides the first centroids of every start. */
  readonly seed: number;
  readonly starts?: number | undefined;
  readonly maxIterations?: number | undefined;
  /** As scikit-learn's `tol`: relative to the mean variance of the columns, which is 1 for standardised ones. */
  readonly tolerance?: number | undefined;
  /** First centroids (k × d); there is one start then, and the seed has no say. */
  readonly initial?: readonly (readonly number[])[] | undefined;
}

/**
 * A fit whose labels are in the rows' blocks, in canonical order: the largest segment first, equal sizes by centroid. A segment's size is 0
 * where there are fewer distinct rows than k.
 */
export type Segmentation = Omit<Fit, 'k'>;

export interface KMeansFit extends Segmentation {
  /** Segment of each row. */
  readonly labels: Labels;
}

const DEFAULTS = { starts: 10, maxIterations: 300, tolerance: 1e-4 } as const;

/** Options with scikit-learn's defaults filled in (10 starts are its default with random seedings, and were with k-means++). */
export function withDefaults(options: {
  readonly starts?: number | undefined;
  readonly maxIterations?: number | undefined;
  readonly tolerance?: number | undefined;
}): { readonly starts: number; readonly maxIterations: number; readonly tolerance: number } {
  const {
    starts = DEFAULTS.starts,
    maxIterations = DEFAULTS.maxIterations,
    tolerance = DEFAULTS.tolerance,
  } = options;
  return { starts, maxIterations, tolerance };
}

/**
 * K-Means: Lloyd's algorithm from several k-means++ seedings, the least inertia wins. With equal first centroids it gives
 * scikit-learn's labels, iterations and inertia (`KMeans(algorithm='lloyd')`); the seedings follow the same procedure with random
 * numbers of our own. The result depends on columns and options alone, not on threads.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than k, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function fitKMeans(
  columns: Columns,
  options: KMeansOptions,
  pool: Pool,
  progress: Progress,
): Promise<KMeansFit> {
  requireRows(columns.rows, options.k);
  const rows = await rowsOf(columns, unitScaler(columns.names.length), options.k, pool);
  const [found] = await fitRows(rows, [options.k], options, pool, progress);
  const segmentation = await inCanonicalOrder(rows, found!, pool);
  const labels = await labelsOf(rows, pool);
  releaseBlocks(rows.blocks);
  return { ...segmentation, labels };
}

/**
 * The best start for every k, over rows that are sorted once for all. Of many rows a sample decides which start is the best (compare-starts.ts),
 * and that one goes on over all rows.
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than the largest k
 */
export async function fitRows(
  rows: Rows,
  ks: readonly number[],
  options: Omit<KMeansOptions, 'k'>,
  pool: Pool,
  progress: Progress,
): Promise<Fit[]> {
  const { blocks, shared, variance } = rows;
  requireRows(blocks.rows, Math.max(...ks));
  const { starts, maxIterations, tolerance } = withDefaults(options);
  const { seed, initial } = options;
  const job = { ks, starts, seed, settings: { maxIterations, tolerance: tolerance * variance } };
  const fitAll = (initials?: FitJob['initials']): Promise<Fit[]> => {
    const from = initials === undefined ? {} : { starts: 1, initials };
    return pool.run('fit', { blocks, shared, ...job, ...from }, blocks.rows, progress);
  };
  if (initial !== undefined) return fitAll([initial]);
  if (starts === 1 || blocks.rows < ROWS_TO_SAMPLE) return fitAll();
  const compared = await compareStarts(rows, job, pool, progress);
  if (compared === undefined) return fitAll();
  const found = await fitAll(compared.map(({ centroids }) => centroids));
  return found.map((fit, i) => ({ ...fit, start: compared[i]!.start }));
}

/** Labels rows by given centroids. */
export function label(
  { blocks, shared }: Rows,
  centroids: readonly (readonly number[])[],
  pool: Pool,
): Promise<Settled> {
  return pool.run('settle', { blocks, centroids, shared }, blocks.rows);
}

/** Puts a fit whose labels are in the blocks into canonical order. */
export async function inCanonicalOrder({ blocks }: Rows, found: Fit, pool: Pool): Promise<Segmentation> {
  const { order, ...segmentation } = ordered(found);
  const numbers = order.map((_, c) => order.indexOf(c));
  await pool.run('renumber', { blocks, numbers }, blocks.rows);
  return { ...segmentation, start: found.start };
}

/** The segments of a fit in canonical order, and for each new number the old one. */
export function ordered({ centroids, sizes, within, iterations, stop }: LloydResult): LloydResult & {
  readonly order: readonly number[];
} {
  const order = canonicalOrder(centroids, sizes);
  const parts = order.map((c) => within[c]!);
  return {
    order,
    centroids: order.map((c) => centroids[c]!),
    sizes: order.map((c) => sizes[c]!),
    within: parts,
    inertia: sum(parts),
    iterations,
    stop,
  };
}

/** As `inCanonicalOrder`, for a fit whose labels are not in the blocks any more. */
export async function settle(rows: Rows, found: Fit, pool: Pool): Promise<Segmentation> {
  await label(rows, found.centroids, pool);
  return inCanonicalOrder(rows, found, pool);
}

function requireRows(rows: number, k: number): void {
  if (rows >= k) return;
  throw new SegueError('SEGUE_TOO_FEW_ROWS', {
    what: `${k} segments need at least as many training rows`,
    value: rows,
    limit: k,
    mend: 'Ask for fewer segments or give a catalogue with more tracks.',
  });
}
