import { withinSegments } from './cluster-moments.js';
import { type Clustering, countRows } from './clustering.js';
import type { SplitMeasures } from './metrics.js';
import type { Pool } from './pool.js';
import { packPoints } from './shared.js';
import { allSilhouettes } from './silhouette.js';

/** How Silhouettes are had (euclidean-silhouette.ts). */
export interface MeasureOptions {
  readonly seed: number;
  readonly exactRows?: number | undefined;
  readonly silhouettePoints?: number | undefined;
}

/**
 * Measures one side of the split: sizes, WCSS and Silhouettes.
 *
 * @param centroids k points
 */
export async function measure(
  clustering: Clustering,
  centroids: readonly (readonly number[])[],
  { seed, exactRows, silhouettePoints }: MeasureOptions,
  pool: Pool,
): Promise<SplitMeasures> {
  const { columns, labels, k } = clustering;
  const sampling = { seed, exactRows, points: silhouettePoints };
  return {
    rows: countRows(labels, k),
    wcss: await withinSegments(columns, labels, packPoints(centroids), k, pool),
    silhouettes: await allSilhouettes(clustering, centroids, sampling, pool),
  };
}
