import { euclideanSilhouette } from '../../src/training/metrics.js';
import { type Check, relativeGap } from '../check.js';
import type { SeedRun } from './seed-stack.js';
import type { SegueRun } from './segue.js';

/** Ten starts of one side may end in another local optimum than ten of the other. */
const WCSS_GAP = 0.003;

/** scikit-learn scores the sampled tracks against each other only, and draws others. */
const SILHOUETTE_GAP = 0.03;

const SIDES = ['train', 'test'] as const;

/** Whether both stacks kept the same rows, dealt them alike and found segments of the same quality. */
export function checksOf(segue: SegueRun, seed: SeedRun): Check[] {
  return SIDES.flatMap((side) => {
    const ours = segue.metrics[side];
    const theirs = seed.figures[side];
    return [
      { what: `${side}: difference in rows`, value: Math.abs(ours.rows - theirs.rows), limit: 0 },
      {
        what: `${side}: relative difference of WCSS`,
        value: relativeGap(ours.wcss, theirs.wcss),
        limit: WCSS_GAP,
      },
      {
        what: `${side}: difference of the Euclidean Silhouette`,
        value: Math.abs(euclideanSilhouette(ours).value - theirs.silhouette_euclidean),
        limit: SILHOUETTE_GAP,
      },
      {
        what: `${side}: difference of the squared Silhouette`,
        value: Math.abs((ours.silhouette_sqeuclidean ?? Number.NaN) - theirs.silhouette_sqeuclidean),
        limit: SILHOUETTE_GAP,
      },
    ];
  });
}
