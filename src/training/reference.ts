import type { Moments } from './moments.js';
import type { AllSummary } from './summaries.js';

/** Reference statistics of one feature over the training rows, for drift. */
export interface FeatureReference {
  readonly feature: string;
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  /** Fourth standardised moment; 3 for a normal distribution. */
  readonly kurtosis: number;
  readonly min: number;
  readonly max: number;
  /** Nine inner decile edges, frozen with the model. */
  readonly decile_edges: readonly number[];
  /** Training rows in each of the ten bins; bin b holds edge[b-1] < x <= edge[b]. */
  readonly decile_counts: readonly number[];
}

/** Reference statistics of every feature over the training rows, frozen with the model so that drift has something to be measured by. */
export function referenceOf(
  names: readonly string[],
  moments: readonly Moments[],
  { deciles, counts }: AllSummary,
): FeatureReference[] {
  return names.map((feature, j) => ({
    feature,
    ...moments[j]!,
    decile_edges: deciles[j]!.slice(1, -1),
    decile_counts: counts[j]!,
  }));
}
