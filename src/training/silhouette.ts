import { silhouetteSimplified, silhouetteSqeuclidean } from './centre-silhouettes.js';
import type { Clustering } from './clustering.js';
import { type ExactOrSampled, silhouetteEuclidean } from './euclidean-silhouette.js';
import type { Pool } from './pool.js';
import type { SilhouetteScores } from './silhouette-scores.js';

/**
 * The three forms of the Silhouette (Rousseeuw, 1987) of one side of the split; null where none is defined. Tracks alone in their
 * segment score 0, as in scikit-learn; segments without tracks are left out.
 *
 * @param centroids k points, for the simplified form
 */
export async function allSilhouettes(
  clustering: Clustering,
  centroids: readonly (readonly number[])[],
  options: ExactOrSampled,
  pool: Pool,
): Promise<SilhouetteScores[] | null> {
  const forms = [
    await silhouetteEuclidean(clustering, options, pool),
    await silhouetteSqeuclidean(clustering, pool),
    await silhouetteSimplified(clustering, centroids, pool),
  ];
  return forms.every((scores) => scores !== null) ? forms : null;
}
