import { blockSource } from '../../kernels/row-source.js';
import { silhouetteEuclidean } from '../euclidean-silhouette.js';
import type { MeasureOptions } from '../measure.js';
import { type SplitMeasures, unmeasured } from '../metrics.js';
import type { Pool } from '../pool.js';
import type { Rows } from '../rows.js';
import type { Pass } from './lloyd.js';
import type { RowsAtScale } from './rows.js';
import { silhouettesAtScale } from './silhouettes.js';

/**
 * Measures one side of the split: all of its rows, but for the Euclidean Silhouette, whose time grows with the square of the rows.
 *
 * @param pass with these centroids
 * @param sample of the rows, labelled; undefined for none
 */
export async function measureAtScale(
  rows: RowsAtScale,
  centroids: readonly (readonly number[])[],
  pass: Pass,
  sample: Rows | undefined,
  { seed, exactRows, silhouettePoints }: MeasureOptions,
  pool: Pool,
): Promise<SplitMeasures> {
  const measures = { rows: pass.sizes, wcss: pass.within };
  const exact = await silhouettesAtScale(rows, centroids, pass);
  if (exact === null) return { ...measures, silhouettes: null };
  const [simplified, squared] = exact;
  const sampling = { seed, exactRows, points: silhouettePoints, population: pass.sizes };
  const euclidean =
    sample === undefined
      ? null
      : await silhouetteEuclidean(
          { source: blockSource(sample.blocks), k: centroids.length },
          sampling,
          pool,
        );
  return {
    ...measures,
    silhouettes: [euclidean ?? unmeasured('silhouette_euclidean'), squared, simplified],
  };
}
