import type { CurvePoint } from './metrics.js';

/** The k that `--k auto` tries. */
export const AUTO_K = { least: 2, most: 12 } as const;

/** Jaccard index below which a segment counts as dissolved (R's `fpc::clusterboot`). */
const LEAST_RECOVERY = 0.6;

/** All k from 2 to 12 that so many rows allow; 2 in any case. */
export function candidateKs(rows: number): number[] {
  const most = Math.max(AUTO_K.least, Math.min(AUTO_K.most, rows));
  return Array.from({ length: most - AUTO_K.least + 1 }, (_, i) => AUTO_K.least + i);
}

/**
 * Chooses k from the curve: the smallest whose lift over chance is within one standard error of the best, as Tibshirani, Walther and Hastie
 * choose by the gap statistic ("Estimating the number of clusters in a data set via the gap statistic", 2001), among those whose segments are
 * all found again in halves of the tracks and hold at least `minSegmentShare` of them. Where there is none, segments that are large
 * enough are wanted; where there is none of those either, all k come into question. Without a lift (too few rows) the simplified Silhouette decides.
 *
 * @param curve at least one point
 */
export function chooseK(curve: readonly CurvePoint[], minSegmentShare: number): number {
  const large = curve.filter(({ smallest_share }) => smallest_share >= minSegmentShare);
  const stable = large.filter(({ recovery }) => (recovery ?? 0) >= LEAST_RECOVERY);
  const among = [stable, large, curve].find((points) => points.length > 0)!;
  const best = among.toSorted((a, b) => liftOf(b) - liftOf(a) || scoreOf(b) - scoreOf(a) || a.k - b.k)[0]!;
  if (best.lift === null) return best.k;
  const enough = best.lift - (best.lift_se ?? 0);
  return Math.min(...among.filter((point) => liftOf(point) >= enough).map(({ k }) => k));
}

function liftOf({ lift }: CurvePoint): number {
  return lift ?? Number.NEGATIVE_INFINITY;
}

/** A k without a Silhouette (all rows alike) ranks last; -1 is the least that a Silhouette can be. */
function scoreOf({ silhouette_simplified }: CurvePoint): number {
  return silhouette_simplified ?? -2;
}
