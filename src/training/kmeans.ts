import type { Columns } from '../core/columns.js';
import { SegueError } from '../core/errors.js';
import type { Progress } from '../core/progress.js';
import { seededRandom } from '../core/random.js';
import { canonicalOrder } from './canonical-order.js';
import { countRows } from './clustering.js';
import { allocateScratch, type LloydResult, lloyd, type RowScratch, type Stop } from './lloyd.js';
import { fitMoments } from './moments.js';
import type { Pool } from './pool.js';
import { seedRows } from './seeding.js';
import { pointsAt, sharedInts, sum } from './shared.js';

export interface KMeansOptions {
  readonly k: number;
  /** Decides the first centroids of every start. */
  readonly seed: number;
  readonly starts?: number;
  readonly maxIterations?: number;
  /** As scikit-learn's `tol`: relative to the mean variance of the columns. */
  readonly tolerance?: number;
  /** First centroids (k × d); there is one start then, and the seed has no say. */
  readonly initial?: readonly (readonly number[])[];
}

export interface KMeansFit {
  /** k × d, in canonical order: the largest segment first, equal sizes by centroid. */
  readonly centroids: readonly (readonly number[])[];
  /** Rows per segment; 0 where there are fewer distinct rows than k. */
  readonly sizes: readonly number[];
  /** Segment of each row. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Sum of the squared distances to the centroids, per segment. */
  readonly within: readonly number[];
  /** Sum of all of those: scikit-learn's `inertia_`. */
  readonly inertia: number;
  /** Iterations of the start that won. */
  readonly iterations: number;
  readonly stop: Stop;
  /** Number of the start that won, from 0. */
  readonly start: number;
}

const DEFAULTS = { starts: 10, maxIterations: 300, tolerance: 1e-4 } as const;

/** Options with scikit-learn's defaults filled in (10 starts are its default with random seedings, and were with k-means++). */
export function withDefaults(options: {
  readonly starts?: number;
  readonly maxIterations?: number;
  readonly tolerance?: number;
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
 * @param scratch may be shared by several fits, one after the other
 *
 * @throws SegueError SEGUE_TOO_FEW_ROWS for fewer rows than k, SEGUE_INVALID_NUMBER for a value that isn't finite
 */
export async function fitKMeans(
  columns: Columns,
  options: KMeansOptions,
  pool: Pool,
  progress: Progress,
  scratch: RowScratch = allocateScratch(columns.rows),
): Promise<KMeansFit> {
  const { k, seed, initial } = options;
  checkSize(columns, k);
  const moments = fitMoments(columns);
  const variance = sum(moments.map(({ sd }) => sd * sd)) / moments.length;
  const { starts: wanted, maxIterations, tolerance } = withDefaults(options);
  const settings = { maxIterations, tolerance: tolerance * variance };
  const starts = initial === undefined ? wanted : 1;

  let best: (LloydResult & { readonly start: number }) | undefined;
  let spare = sharedInts(columns.rows);
  for (let start = 0; start < starts; start++) {
    const first =
      initial ??
      pointsAt(columns, await seedRows(columns, k, seededRandom(seed, start), pool, scratch.squares));
    const result = await lloyd(columns, first, settings, pool, spare, scratch);
    if (best === undefined || isBetter(result, best, k)) {
      spare = best?.labels ?? sharedInts(columns.rows);
      best = { ...result, start };
    }
    progress.advance(start + 1, starts, 'starts');
  }
  return inCanonicalOrder(best!);
}

/** scikit-learn's rule: less inertia, unless it is the same partition and the difference is only rounding. */
function isBetter(result: LloydResult, best: LloydResult, k: number): boolean {
  return result.inertia < best.inertia && !isSamePartition(result.labels, best.labels, k);
}

/** Whether each label of `a` always meets the same label of `b` (scikit-learn's `_is_same_clustering`). */
function isSamePartition(a: Int32Array, b: Int32Array, k: number): boolean {
  const partner = new Int32Array(k).fill(-1);
  return a.every((label, row) => {
    if (partner[label] === -1) partner[label] = b[row]!;
    return partner[label] === b[row];
  });
}

function inCanonicalOrder({
  centroids,
  labels,
  within,
  ...found
}: LloydResult & { start: number }): KMeansFit {
  const counts = countRows(labels, centroids.length);
  const order = canonicalOrder(centroids, counts);
  const place = order.map((_, c) => order.indexOf(c));
  for (let row = 0; row < labels.length; row++) labels[row] = place[labels[row]!]!;
  const ordered = order.map((c) => within[c]!);
  return {
    ...found,
    centroids: order.map((c) => centroids[c]!),
    sizes: order.map((c) => counts[c]!),
    labels,
    within: ordered,
    inertia: sum(ordered),
  };
}

function checkSize({ rows }: Columns, k: number): void {
  if (rows >= k) return;
  throw new SegueError('SEGUE_TOO_FEW_ROWS', {
    what: `${k} segments need at least as many training rows`,
    value: rows,
    limit: k,
    mend: 'Ask for fewer segments or give a catalogue with more tracks.',
  });
}
