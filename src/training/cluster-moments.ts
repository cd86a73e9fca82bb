import type { SegmentMoments } from '../kernels/programs/segment-moments.js';
import { stretchOf } from '../kernels/stretches.js';
import type { Clustering } from './clustering.js';
import type { Pool } from './pool.js';
import { sharedFloats } from './shared.js';

/** Means, spreads and ranges of the segments. */
export function clusterMoments({ source, k }: Clustering, pool: Pool): Promise<SegmentMoments> {
  const d = source.features;
  const figures = k * (1 + d) + 2 * d;
  const stretch = stretchOf(source.rows, figures);
  const stretches = Math.ceil(source.rows / stretch);
  const squares = sharedFloats(stretches * k);
  const sums = sharedFloats(stretches * figures);
  return pool.run('segmentMoments', { source, k, stretch, squares, sums }, source.rows);
}
