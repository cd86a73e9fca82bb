import type { LloydResult } from '../kernels/programs/lloyd.js';
import { blockSource } from '../kernels/row-source.js';
import type { SplitMeasures } from './metrics.js';
import type { Pool } from './pool.js';
import type { Rows } from './rows.js';
import { allSilhouettes } from './silhouette.js';

/** How Silhouettes are had (euclidean-silhouette.ts). */
export interface MeasureOptions {
  readonly seed: number;
  readonly exactRows?: number | undefined;
  readonly silhouettePoints?: number | undefined;
}

/** Measures one side of the split, whose rows are labelled: sizes, WCSS and Silhouettes. */
export async function measure(
  { blocks }: Rows,
  { centroids, sizes, within }: Pick<LloydResult, 'centroids' | 'sizes' | 'within'>,
  { seed, exactRows, silhouettePoints }: MeasureOptions,
  pool: Pool,
): Promise<SplitMeasures> {
  const clustering = { source: blockSource(blocks), k: centroids.length };
  const sampling = { seed, exactRows, points: silhouettePoints };
  return {
    rows: sizes,
    wcss: within,
    silhouettes: await allSilhouettes(clustering, centroids, sampling, pool),
  };
}
