import type { CurvePoint } from './metrics.js';

/** The k that `--k auto` tries. */
export const AUTO_K = { least: 2, most: 12 } as const;

/** All k from 2 to 12 that so many rows allow; 2 in any case. */
export function candidateKs(rows: number): number[] {
  const most = Math.max(AUTO_K.least, Math.min(AUTO_K.most, rows));
  return Array.from({ length: most - AUTO_K.least + 1 }, (_, i) => AUTO_K.least + i);
}

/**
 * Chooses k from the curve: the best simplified Silhouette on the training rows, which is the form suited to comparing k
 * (Wang, Franco-Penya, Kelleher, Pugh and Ross, "An analysis of the application of simplified silhouette to the evaluation of k-means
 * clustering validity", 2017), among those without a segment smaller than `minSegmentShare`; among all where every k has one. Ties go
 * to the smaller k.
 *
 * @param curve at least one point
 */
export function chooseK(curve: readonly CurvePoint[], minSegmentShare: number): number {
  const eligible = curve.filter(({ smallest_share }) => smallest_share >= minSegmentShare);
  const ranked = (eligible.length > 0 ? eligible : curve).toSorted(
    (a, b) => scoreOf(b) - scoreOf(a) || a.k - b.k,
  );
  return ranked[0]!.k;
}

/** A k without a Silhouette (all rows alike) ranks last; -1 is the least that a Silhouette can be. */
function scoreOf({ silhouette_simplified }: CurvePoint): number {
  return silhouette_simplified ?? -2;
}
