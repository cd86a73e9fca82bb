/**
 * The order in which segments are numbered: most training rows first; equal counts by centroid, feature by feature, ascending. It
 * depends on the segments alone, not on the start that found them.
 *
 * @returns for each new number the old one
 */
export function canonicalOrder(
  centroids: readonly (readonly number[])[],
  sizes: readonly number[],
): number[] {
  return [...sizes.keys()].toSorted(
    (a, b) => sizes[b]! - sizes[a]! || comparePoints(centroids[a]!, centroids[b]!) || a - b,
  );
}

function comparePoints(a: readonly number[], b: readonly number[]): number {
  const j = a.findIndex((value, index) => value !== b[index]);
  return j === -1 ? 0 : a[j]! - b[j]!;
}
