import { sha256OfJson } from '../core/hash.js';
import type { FeatureContract } from '../features/contract.js';

/** What `model.json` holds: enough to predict, to explain and to watch for drift, in a few kB of text. */
export interface Model extends ModelContent {
  /** `m-` and the first twelve digits of the hash. */
  readonly version: string;
  /** SHA-256 of the canonical JSON of the content (ModelContent); checked at load. */
  readonly hash: string;
  /** Version in production when this one was trained; outside the hash, so that the same data and settings give the same model. */
  readonly parent: string | null;
}

/** The part that the hash covers. Arrays over features follow the contract's order; arrays over segments follow `cluster_id`. */
export interface ModelContent {
  readonly format: 'segue-model/1';
  readonly contract: FeatureContract;
  /** z = (x - mean) / sd, with the population standard deviation (scikit-learn's StandardScaler). */
  readonly scaler: Scaler;
  /** k × d, in standardised units. */
  readonly centroids: readonly (readonly number[])[];
  readonly segments: readonly Segment[];
  readonly reference: readonly FeatureReference[];
  readonly training: TrainingSettings;
  readonly lineage: Lineage;
}

export interface Scaler {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

export interface Segment {
  readonly cluster_id: number;
  /** Proposed from its two strongest contrasts with the catalogue. */
  readonly name: { readonly en: string; readonly es: string };
  /** Training rows in it, and their share of all training rows. */
  readonly rows: number;
  readonly share: number;
}

/** Reference statistics of one feature over the training rows, for drift (segments-and-drift.md, C2). */
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

export interface TrainingSettings {
  readonly k: number;
  /** Whether k was given or chosen from the curve. */
  readonly k_mode: 'fixed' | 'auto';
  readonly seed: number;
  readonly starts: number;
  readonly max_iterations: number;
  readonly tolerance: number;
}

export interface Lineage {
  readonly segue_version: string;
  /** Hash of the cleaned rows; the same for the same rows in any order (catalogue/content-hash.ts). */
  readonly cleaned_data_hash: string;
  readonly split_seed: number;
  readonly train_rows: number;
  readonly test_rows: number;
}

/** Gives content its hash, version and parent. */
export function sealModel(content: ModelContent, parent: string | null): Model {
  const hash = hashOfContent(content);
  return { version: versionOf(hash), hash, parent, ...content };
}

/** Hash of the content part of a model. */
export function hashOfContent(model: ModelContent): string {
  const { format, contract, scaler, centroids, segments, reference, training, lineage } = model;
  return sha256OfJson({ format, contract, scaler, centroids, segments, reference, training, lineage });
}

export function versionOf(hash: string): string {
  return `m-${hash.slice(0, 12)}`;
}
