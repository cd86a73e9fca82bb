import type { SilhouetteScores } from './silhouette-scores.js';
import { sum } from './sum.js';

/** Keys of a Silhouette that was estimated: the number of points scored is part of its name. */
type Sampled = {
  readonly [key: `silhouette_euclidean_sampled_${number}`]: number;
} & {
  readonly [key: `silhouette_euclidean_sampled_${number}_macro`]: number;
} & {
  /** 95 % interval. */
  readonly [key: `silhouette_euclidean_sampled_${number}_ci95`]: readonly [number, number];
};

/**
 * Figures of one side of the split, in standardised units. The three Silhouettes are not comparable with each other; `_macro` is the
 * mean over segments, without it the mean over tracks. Null where the side is too small for it; `notes` then says why.
 */
export type SplitMetrics = {
  readonly rows: number;
  /** Sum of the squared distances to the segments' centroids (scikit-learn's inertia). */
  readonly wcss: number;
  /** WCSS per row, which may be compared between sides; null without rows. */
  readonly wcss_per_row: number | null;
  /** As `sklearn.metrics.silhouette_score`; absent where it was estimated from a sample. */
  readonly silhouette_euclidean?: number | null;
  readonly silhouette_euclidean_macro?: number | null;
  /** The same with squared distances (`metric='sqeuclidean'`; Spark's `ClusteringEvaluator`). */
  readonly silhouette_sqeuclidean: number | null;
  readonly silhouette_sqeuclidean_macro: number | null;
  /** Distances to centroids instead of tracks. */
  readonly silhouette_simplified: number | null;
  readonly silhouette_simplified_macro: number | null;
  readonly notes: readonly string[];
} & Sampled;

/** Figures of one segment on one side. The Silhouettes of its tracks, on average, are null where it has no track there. */
export type SegmentSplitMetrics = {
  readonly rows: number;
  readonly share: number;
  readonly wcss: number;
  readonly silhouette_euclidean?: number | null;
  readonly silhouette_sqeuclidean: number | null;
  readonly silhouette_simplified: number | null;
} & Sampled;

export interface SegmentMetrics {
  readonly cluster_id: number;
  readonly train: SegmentSplitMetrics;
  readonly test: SegmentSplitMetrics;
}

/** One k that `--k auto` tried. */
export interface CurvePoint {
  readonly k: number;
  readonly wcss: number;
  readonly silhouette_simplified: number | null;
  readonly silhouette_sqeuclidean: number | null;
  /** Share of the training rows in the smallest segment. */
  readonly smallest_share: number;
  readonly iterations: number;
  /** How much more of the variance is explained than in shuffled features, on a sample; null where there are too few rows. */
  readonly lift: number | null;
  readonly lift_se: number | null;
  /** Jaccard index of the segment that models of half the sample find again least; null likewise. */
  readonly recovery: number | null;
}

/** Which start won: `warm` began at production's centroids, `cold` is the best of the seeded ones. */
export interface StartFigures {
  readonly kept: 'warm' | 'cold';
  readonly wcss_cold: number;
  /** Null where no model with as many segments is in production. */
  readonly wcss_warm: number | null;
}

/** What changes for tracks when the model replaces the one in production: both label the training rows. */
export interface Churn {
  readonly rows: number;
  /** Share of them whose segment keeps its permanent id. */
  readonly kept_share: number;
  /** Rows that move, by the segment of either model, the largest first. */
  readonly moves: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
}

/** `metrics.json`. */
export interface ModelMetrics {
  readonly version: string;
  readonly k: number;
  readonly train: SplitMetrics;
  readonly test: SplitMetrics;
  readonly segments: readonly SegmentMetrics[];
  readonly start: StartFigures;
  /** Against the model in production; null without one on the same features. */
  readonly churn: Churn | null;
  /** Another k, that the curve would choose where production's was held. */
  readonly proposed_k: number | null;
  /** What k was chosen from; only where it was not given. */
  readonly k_curve?: readonly CurvePoint[];
}

/** What a side of the split was measured to be. Arrays follow `cluster_id`. */
export interface SplitMeasures {
  readonly rows: readonly number[];
  readonly wcss: readonly number[];
  /** The three forms; null for all of them where the side is too small. */
  readonly silhouettes: readonly (SilhouetteScores | Unmeasured)[] | null;
}

/**
 * Lays the measures of a side out as in `metrics.json`.
 *
 * @param notes what else a reader of the figures should know
 */
export function splitMetrics(
  { rows, wcss, silhouettes }: SplitMeasures,
  notes: readonly string[] = [],
): SplitMetrics {
  const total = sum(rows);
  const inertia = sum(wcss);
  const entries = (silhouettes ?? UNMEASURED).flatMap(({ metric, mean, macro, ci95 }) => [
    [metric, mean],
    [`${metric}_macro`, macro],
    ...(ci95 === undefined ? [] : [[`${metric}_ci95`, ci95]]),
  ]);
  return {
    rows: total,
    wcss: inertia,
    wcss_per_row: total === 0 ? null : inertia / total,
    ...Object.fromEntries(entries),
    notes: silhouettes === null ? [...notes, tooSmall(rows)] : notes,
  } as SplitMetrics;
}

/** Lays the measures of one segment on one side out as in `metrics.json`. */
export function segmentSplitMetrics(measures: SplitMeasures, cluster: number): SegmentSplitMetrics {
  const total = sum(measures.rows);
  const rows = measures.rows[cluster]!;
  const scores = (measures.silhouettes ?? UNMEASURED).map(({ metric, segments }) => [
    metric,
    segments?.[cluster] ?? null,
  ]);
  return {
    rows,
    share: total === 0 ? 0 : rows / total,
    wcss: measures.wcss[cluster]!,
    ...Object.fromEntries(scores),
  } as SegmentSplitMetrics;
}

const SAMPLED = /^silhouette_euclidean_sampled_\d+$/;

/**
 * The Euclidean Silhouette of a side, exact or sampled, under its full name; NaN where it could not be had.
 */
export function euclideanSilhouette(split: SplitMetrics): {
  metric: string;
  value: number;
  ci95?: [number, number];
} {
  const figures: Record<string, unknown> = split;
  const metric = Object.keys(figures).find((key) => SAMPLED.test(key)) ?? 'silhouette_euclidean';
  const value = figures[metric];
  const interval = figures[`${metric}_ci95`] as [number, number] | undefined;
  return {
    metric,
    value: typeof value === 'number' ? value : Number.NaN,
    ...(interval === undefined ? {} : { ci95: interval }),
  };
}

/** A Silhouette that could not be had. */
interface Unmeasured {
  readonly metric: string;
  readonly mean: null;
  readonly macro: null;
  readonly segments: null;
  readonly ci95?: undefined;
}

export function unmeasured(metric: string): Unmeasured {
  return { metric, mean: null, macro: null, segments: null };
}

const UNMEASURED = ['silhouette_euclidean', 'silhouette_sqeuclidean', 'silhouette_simplified'].map(
  unmeasured,
);

function tooSmall(rows: readonly number[]): string {
  const filled = rows.filter((count) => count > 0).length;
  return `A Silhouette needs at least two segments with rows, and more rows than segments: here are ${sum(rows)} rows in ${filled} segments.`;
}
