import type { CentreScoresJob } from '../kernels/programs/centre-scores.js';
import { stretchOf } from '../kernels/stretches.js';
import { clusterMoments } from './cluster-moments.js';
import { type Clustering, countRows } from './clustering.js';
import type { Pool } from './pool.js';
import { sharedFloats } from './shared.js';
import { hasSilhouette, type SilhouetteScores, scoresOf } from './silhouette-scores.js';

/**
 * `silhouette_sqeuclidean`: the mean squared distance of a track to a segment follows from the segment's size, mean and spread, so the
 * exact figure (scikit-learn's with `metric='sqeuclidean'`) costs time linear in the rows. Null where none is defined.
 */
export async function silhouetteSqeuclidean(
  clustering: Clustering,
  pool: Pool,
): Promise<SilhouetteScores | null> {
  const sizes = countRows(clustering);
  if (!hasSilhouette(sizes)) return null;
  const { means, within } = await clusterMoments(clustering, pool);
  return centreSilhouette('silhouette_sqeuclidean', clustering, sizes, pool, {
    centres: means,
    spread: Float64Array.from(sizes, (size, c) => (size > 0 ? within[c]! / size : Infinity)),
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
  const sizes = countRows(clustering);
  if (!hasSilhouette(sizes)) return null;
  return centreSilhouette('silhouette_simplified', clustering, sizes, pool, {
    centres: Float64Array.from(centroids.flat()),
    spread: Float64Array.from(sizes, (size) => (size > 0 ? 0 : Infinity)),
    own: Float64Array.from(sizes, (size) => (size > 1 ? 1 : 0)),
    root: true,
  });
}

async function centreSilhouette(
  metric: string,
  { source, k }: Clustering,
  sizes: readonly number[],
  pool: Pool,
  form: Pick<CentreScoresJob, 'centres' | 'spread' | 'own' | 'root'>,
): Promise<SilhouetteScores> {
  const stretch = stretchOf(source.rows, k);
  const scores = sharedFloats(Math.ceil(source.rows / stretch) * k);
  const sums = await pool.run('centreScores', { source, k, ...form, stretch, scores }, source.rows);
  return scoresOf(
    metric,
    sizes.map((size, c) => (size === 0 ? null : sums[c]! / size)),
    sizes,
  );
}
