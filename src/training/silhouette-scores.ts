/** A Silhouette under its full name. */
export interface SilhouetteScores {
  readonly metric: string;
  /** Mean over the tracks. */
  readonly mean: number;
  /** Mean over the segments that have tracks. */
  readonly macro: number;
  /** Mean over the tracks of each segment; null for one without tracks. */
  readonly segments: readonly (number | null)[];
  /** 95 % interval of `mean`, where it was estimated from a sample. */
  readonly ci95?: readonly [number, number];
}

/**
 * Whether Silhouettes are defined: at least two segments with rows, and more rows than such segments (scikit-learn's
 * `check_number_of_labels`).
 */
export function hasSilhouette(sizes: readonly number[]): boolean {
  const filled = sizes.filter((size) => size > 0).length;
  return filled >= 2 && sizes.reduce((sum, size) => sum + size, 0) > filled;
}

/** Mean over tracks and over segments, from the means of the segments. */
export function scoresOf(
  metric: string,
  segments: readonly (number | null)[],
  sizes: readonly number[],
): SilhouetteScores {
  let tracks = 0;
  let total = 0;
  let filled = 0;
  let totalOfMeans = 0;
  segments.forEach((mean, c) => {
    if (mean === null) return;
    tracks += sizes[c]!;
    total += mean * sizes[c]!;
    filled++;
    totalOfMeans += mean;
  });
  return { metric, mean: total / tracks, macro: totalOfMeans / filled, segments };
}
