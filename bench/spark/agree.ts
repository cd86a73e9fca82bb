import { type Check, relativeGap } from '../check.js';
import type { PeerRun, SegueRun } from './sides.js';

/** Starts of one side may end in another local optimum than those of the other. */
const WCSS_GAP = 0.003;

/** scikit-learn scores a sample of tracks against each other, Segue all exactly. */
const SILHOUETTE_GAP = 0.03;

const SIDES = ['train', 'test'] as const;

/** Whether both sides kept the same rows, rejected as many by the same reasons, and found segments of the same quality. */
export function checksOf(segue: SegueRun, peer: PeerRun): Check[] {
  const reasons = new Set([...Object.keys(segue.rows.rejected), ...Object.keys(peer.rows.rejected)]);
  const others = [...reasons].filter(
    (reason) => (segue.rows.rejected[reason] ?? 0) !== (peer.rows.rejected[reason] ?? 0),
  );
  return [
    { what: 'reasons for which another number of rows is rejected', value: others.length, limit: 0 },
    ...SIDES.flatMap((side) => [
      {
        what: `${side}: difference in rows`,
        value: Math.abs(segue.rows[side] - peer.rows[side]),
        limit: 0,
      },
      {
        what: `${side}: relative difference of WCSS`,
        value: relativeGap(segue.metrics[side].wcss, peer.figures[side].wcss),
        limit: WCSS_GAP,
      },
      {
        what: `${side}: difference of the squared Silhouette`,
        value: Math.abs(
          (segue.metrics[side].silhouette_sqeuclidean ?? Number.NaN) -
            peer.figures[side].silhouette_sqeuclidean,
        ),
        limit: SILHOUETTE_GAP,
      },
    ]),
  ];
}
