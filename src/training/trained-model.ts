import type { FeatureContract } from '../features/contract.js';
import type { DistanceQuantiles } from './distance-quantiles.js';
import type { FittedSegments } from './fit-segments.js';
import type { Inheritance } from './identity/compare.js';
import { withDefaults } from './kmeans.js';
import { type ModelMetrics, type SplitMeasures, segmentSplitMetrics, splitMetrics } from './metrics.js';
import type { Moments } from './moments.js';
import { type Profile, profileSegments } from './profile.js';
import { type FeatureReference, referenceOf } from './reference.js';
import { isConstant, type Scaler } from './scaler.js';
import type { Summaries } from './summaries.js';

/** A segment before it has its permanent id. */
export interface TrainedSegment {
  readonly cluster_id: number;
  /** Proposed from its two strongest contrasts with the catalogue. */
  readonly name: { readonly en: string; readonly es: string };
  /** Training rows in it, and their share of all training rows. */
  readonly rows: number;
  readonly share: number;
  /** How far its training rows lie from its centroid; null for a segment without rows. */
  readonly distances: DistanceQuantiles | null;
}

export interface TrainingSettings {
  readonly k: number;
  readonly k_mode: FittedSegments['k_mode'];
  readonly seed: number;
  readonly starts: number;
  /** Whether it began at production's centroids: it depends on that model too then. */
  readonly start: 'warm' | 'cold';
  readonly max_iterations: number;
  readonly tolerance: number;
}

/** All that T2 writes, but for names of tracks and the version. */
export interface TrainedModel {
  readonly scaler: Scaler;
  readonly centroids: readonly (readonly number[])[];
  readonly segments: readonly TrainedSegment[];
  /** What it has of the parent's segments. */
  readonly inheritance: Inheritance;
  readonly reference: readonly FeatureReference[];
  readonly settings: TrainingSettings;
  readonly metrics: Omit<ModelMetrics, 'version'>;
  /** Its exemplars still lack their tracks (`withExemplars`). */
  readonly profile: Profile;
  /** Features that are the same in every training row; their scale is 1. */
  readonly constantFeatures: readonly string[];
}

/** What a model is put together from. */
export interface ModelParts {
  readonly contract: FeatureContract;
  /** Seed, and what was given of the fit's options. */
  readonly options: Parameters<typeof withDefaults>[0] & { readonly seed: number };
  /** Of the training columns. */
  readonly moments: readonly Moments[];
  readonly scaler: Scaler;
  readonly fitted: FittedSegments;
  readonly summaries: Summaries;
  readonly inheritance: Inheritance;
  readonly train: SplitMeasures;
  readonly test: SplitMeasures;
  /** What else a reader of a side's figures should know. */
  readonly notes?: { readonly train: readonly string[]; readonly test: readonly string[] };
}

/** Puts the parts of a model together. */
export function modelOf(parts: ModelParts): TrainedModel {
  const { contract, moments, scaler, fitted, summaries, inheritance, train, test, notes } = parts;
  const { centroids, sizes } = fitted.segmentation;
  const names = contract.features.map(({ name }) => name);
  const constantFeatures = names.filter((_, j) => isConstant(moments[j]!));
  const profile = profileSegments({
    contract,
    moments,
    summaries: summaries.segments,
    sizes,
    testSizes: test.rows,
  });
  return {
    scaler,
    centroids,
    segments: profile.segments.map(({ cluster_id, name, rows, share }, c) => ({
      cluster_id,
      name,
      rows: rows.train,
      share: share.train,
      distances: summaries.segments[c]!.distances,
    })),
    inheritance,
    reference: referenceOf(names, moments, summaries.all),
    settings: settingsOf(parts.options, fitted),
    metrics: {
      k: centroids.length,
      train: splitMetrics(train, [...notesOn(constantFeatures, sizes), ...(notes?.train ?? [])]),
      test: splitMetrics(test, notes?.test),
      segments: sizes.map((_, c) => ({
        cluster_id: c,
        train: segmentSplitMetrics(train, c),
        test: segmentSplitMetrics(test, c),
      })),
      start: fitted.start,
      churn: inheritance.churn,
      proposed_k: fitted.proposedK,
      ...(fitted.curve === undefined ? {} : { k_curve: fitted.curve }),
    },
    profile,
    constantFeatures,
  };
}

function settingsOf(
  options: ModelParts['options'],
  { k_mode, start, segmentation }: FittedSegments,
): TrainingSettings {
  const { starts, maxIterations, tolerance } = withDefaults(options);
  return {
    k: segmentation.centroids.length,
    k_mode,
    seed: options.seed,
    starts,
    start: start.kept,
    max_iterations: maxIterations,
    tolerance,
  };
}

/** What a reader of the training figures should know. */
function notesOn(constantFeatures: readonly string[], sizes: readonly number[]): string[] {
  const empty = sizes.filter((size) => size === 0).length;
  return [
    ...constantFeatures.map(
      (name) => `${name} is the same in every training row: it tells no segments apart.`,
    ),
    ...(empty === 0
      ? []
      : [`${empty} of ${sizes.length} segments are empty: there are fewer distinct rows.`]),
  ];
}
