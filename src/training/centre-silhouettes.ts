import { clusterMoments } from './cluster-moments.js';
import { type Clustering, countRows } from './clustering.js';
import type { CentreSilhouetteArgs } from './kernels/centre-silhouette.js';
import type { Pool } from './pool.js';
import { addBlocks, BLOCK_ROWS, packPoints, rowBlocks, sharedFloats } from './shared.js';
import { hasSilhouette, type SilhouetteScores, scoresOf } from './silhouette-scores.js';

/**
 * `silhouette_sqeuclidean`: the mean squared distance of a track to a segment follows from the segment's size, mean and spread, so the
 * exact figure (scikit-learn's with `metric='sqeuclidean'`) costs time linear in the rows. Null where none is defined.
 */
export async function silhouetteSqeuclidean(
  clustering: Clustering,
  pool: Pool,
): Promise<SilhouetteScores | null> {
  const { columns, labels, k } = clustering;
  const sizes = countRows(labels, k);
  if (!hasSilhouette(sizes)) return null;
  const { means, spread } = await clusterMoments(columns, labels, k, pool);
  return centreSilhouette('silhouette_sqeuclidean', clustering, sizes, pool, {
    centres: means,
    spread: Float64Array.from(spread),
    own: Float64Array.from(sizes, (size) => (size > 1 ? size / (size - 1) : 0)),
    root: false,
  });
}

/**
 * `silhouette_simplified`: distances to centroids stand for mean distances to tracks (Hruschka, de Castro and Campello,
 * "Evolutionary algorithms for clustering gene-expression data", 2004). Null where none is defined.
 *
 * @param centroids k points
 */
export async function silhouetteSimplified(
  clustering: Clustering,
  centroids: readonly (readonly number[])[],
  pool: Pool,
): Promise<SilhouetteScores | null> {
  const sizes = countRows(clustering.labels, clustering.k);
  if (!hasSilhouette(sizes)) return null;
  return centreSilhouette('silhouette_simplified', clustering, sizes, pool, {
    centres: packPoints(centroids),
    spread: Float64Array.from(sizes, (size) => (size > 0 ? 0 : Infinity)),
    own: Float64Array.from(sizes, (size) => (size > 1 ? 1 : 0)),
    root: true,
  });
}

async function centreSilhouette(
  metric: string,
  { columns, labels, k }: Clustering,
  sizes: readonly number[],
  pool: Pool,
  form: Pick<CentreSilhouetteArgs, 'centres' | 'spread' | 'own' | 'root'>,
): Promise<SilhouetteScores> {
  const scores = sharedFloats(rowBlocks(columns.rows) * k);
  await pool.run({
    kernel: 'centreSilhouette',
    args: { columns: columns.data, labels, k, ...form, scores },
    items: columns.rows,
    blockSize: BLOCK_ROWS,
  });
  const sums = addBlocks(scores, k);
  return scoresOf(
    metric,
    sizes.map((size, c) => (size === 0 ? null : sums[c]! / size)),
    sizes,
  );
}
