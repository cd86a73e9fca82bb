import { type Normal, normalFor } from '../kernels/normal.js';
import { allocatePairs } from '../kernels/pairs/memory.js';
import { isPrecise, reachOf, silhouette } from '../kernels/pairs/scores.js';
import type { SegmentMoments } from '../kernels/programs/segment-moments.js';
import { type RowSource, readRows } from '../kernels/row-source.js';
import { stretchOf } from '../kernels/stretches.js';
import { clusterMoments } from './cluster-moments.js';
import type { Clustering } from './clustering.js';
import { findNeeds, type Needs } from './point-needs.js';
import type { Pool } from './pool.js';
import { sharedFloats } from './shared.js';

/** Up to so many rows doubles cost less than threads; above it 32-bit floats' errors cancel out over the rows. */
const ROWS_IN_DOUBLES = 4096;

/** A clustering that is ready for distances to be added up. */
interface Prepared {
  readonly source: RowSource;
  readonly k: number;
  readonly moments: SegmentMoments;
  readonly normal: Normal;
  readonly pool: Pool;
}

async function prepare(clustering: Clustering, pool: Pool): Promise<Prepared> {
  const { source, k } = clustering;
  const moments = await clusterMoments(clustering, pool);
  const { sizes, means, lows, highs } = moments;
  const d = lows.length;
  const centre = Array.from(lows, (_, j) =>
    sizes.reduce((sum, size, c) => sum + (size / source.rows) * means[c * d + j]!, 0),
  );
  const normal = normalFor(centre, lows, highs, source.rows);
  return { source, k, moments, normal, pool };
}

/**
 * Euclidean Silhouettes of all rows (scikit-learn's `silhouette_samples`). Up to 4,096 rows in doubles throughout. Above that the
 * distances are 32-bit floats: a row's score is within 1e-6, mostly 1e-7, and the mean of all within 1e-9.
 */
export async function allScores(clustering: Clustering, pool: Pool): Promise<Float64Array> {
  const prepared = await prepare(clustering, pool);
  const { source, k, moments, normal } = prepared;
  const scores = sharedFloats(source.rows).fill(NaN);
  if (source.rows > ROWS_IN_DOUBLES) {
    const starts = new Int32Array(k + 1);
    moments.sizes.forEach((size, c) => {
      starts[c + 1] = starts[c]! + size;
    });
    const pairs = allocatePairs(source.rows, moments.lows.length, k, pool.threads);
    await pool.run('pairScores', { source, k, normal, starts, pairs, scores }, source.rows);
  }
  const open = [...scores.keys()].filter((row) => Number.isNaN(scores[row]));
  const rest = await scorePoints(prepared, open, true);
  open.forEach((row, i) => {
    scores[row] = rest[i]!;
  });
  return scores;
}

/** Euclidean Silhouettes of some rows, each against all rows, in 32-bit floats where these do. */
export async function someScores(
  clustering: Clustering,
  rows: readonly number[],
  pool: Pool,
): Promise<Float64Array> {
  const prepared = await prepare(clustering, pool);
  const scores = await scorePoints(prepared, rows, false);
  const open = [...scores.keys()].filter((i) => Number.isNaN(scores[i]));
  const rest = await scorePoints(
    prepared,
    open.map((i) => rows[i]!),
    true,
  );
  open.forEach((point, i) => {
    scores[point] = rest[i]!;
  });
  return scores;
}

/** Scores of rows; NaN, unless `precise`, where 32-bit floats are not good enough. */
async function scorePoints(
  { source, k, moments, normal, pool }: Prepared,
  rows: readonly number[],
  precise: boolean,
): Promise<Float64Array> {
  const scores = new Float64Array(rows.length);
  if (rows.length === 0) return scores;
  const d = normal.centre.length;
  const { points, labels } = pointsAt(source, rows, normal);
  const needs = findNeeds(points, labels, moments, normal);
  const { length } = needs.wanted;
  const stretch = stretchOf(source.rows, length);
  // doubles are taken as they are: off the centre they would lose what tells rows near zero apart
  const { centre, factor } = precise ? { ...normal, centre: normal.centre.map(() => 0) } : normal;
  const job = {
    source,
    k,
    centre,
    factor,
    points: precise ? pointsAt(source, rows, { centre, factor }).points : points,
    ...needs,
    precise,
    stretch,
    sums: sharedFloats(Math.ceil(source.rows / stretch) * length),
  };
  const totals = await pool.run('pointSums', job, source.rows);
  const { within, between } = meanDistances(needs, labels, totals, moments.sizes);
  rows.forEach((_, i) => {
    const [a, b] = [within[i]!, between[i]!];
    if (moments.sizes[labels[i]!]! < 2) scores[i] = 0;
    else if (precise || isPrecise(a, b, reachOf(points, d * i, d))) scores[i] = silhouette(a, b);
    else scores[i] = NaN;
  });
  return scores;
}

/** Mean distances of points to the other rows of their segment and to the nearest other segment, normalised. */
function meanDistances(
  { starts, wanted }: Needs,
  labels: Int32Array,
  totals: Float64Array,
  sizes: Float64Array,
): { within: Float64Array; between: Float64Array } {
  const within = new Float64Array(labels.length);
  const between = new Float64Array(labels.length).fill(Infinity);
  sizes.forEach((size, c) => {
    for (let entry = starts[c]!; entry < starts[c + 1]!; entry++) {
      const point = wanted[entry]!;
      const total = totals[entry]!;
      if (labels[point] === c) within[point] = total / (size - 1);
      else between[point] = Math.min(between[point]!, total / size);
    }
  });
  return { within, between };
}

function pointsAt(
  source: RowSource,
  rows: readonly number[],
  { centre, factor }: Pick<Normal, 'centre' | 'factor'>,
): { points: Float64Array<SharedArrayBuffer>; labels: Int32Array } {
  const d = centre.length;
  const points = sharedFloats(rows.length * d);
  const labels = new Int32Array(rows.length);
  const one = { columns: centre.map(() => new Float64Array(1)), labels: new Int32Array(1) };
  rows.forEach((row, i) => {
    readRows(source, row, 1, one);
    labels[i] = one.labels[0]!;
    one.columns.forEach(([value], j) => {
      points[i * d + j] = (value! - centre[j]!) * factor;
    });
  });
  return { points, labels };
}
