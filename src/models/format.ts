import { sha256OfJson } from '../core/hash.js';
import type { FeatureContract } from '../features/contract.js';
import type { SegmentIdentity } from '../training/identity/segment-id.js';
import type { FeatureReference } from '../training/reference.js';
import type { Scaler } from '../training/scaler.js';
import type { TrainedSegment, TrainingSettings } from '../training/trained-model.js';
import type { FitReference } from './fit-reference.js';

export type { FeatureReference, Scaler, TrainingSettings };

/** What `model.json` is; another number where a reader of the one before would misread it. */
export const MODEL_FORMAT = 'segue-model/2';

export interface Segment extends TrainedSegment {
  /** Permanent: a retrain keeps it for the segment that continues this one. */
  readonly segment_id: string;
  /** How it came by that id; as `parent`, outside the hash. */
  readonly identity: SegmentIdentity;
  /** Position in SEGMENT_COLOURS, which follows the permanent id; models of earlier releases have none. */
  readonly colour?: number;
}

/** What `model.json` holds: enough to predict, to explain and to watch for drift, in a few kB of text. */
export interface Model extends ModelContent {
  /** `m-` and the first twelve digits of the hash. */
  readonly version: string;
  /** SHA-256 of the canonical JSON of the content (ModelContent); checked at load. */
  readonly hash: string;
  /** Version in production when this one was trained; outside the hash, so that the same data and settings give the same model. */
  readonly parent: string | null;
}

/** The part that the hash covers, but for the segments' `identity`. Arrays over features follow the contract's order; arrays over segments follow `cluster_id`. */
export interface ModelContent {
  readonly format: typeof MODEL_FORMAT;
  readonly contract: FeatureContract;
  /** z = (x - mean) / sd, with the population standard deviation (scikit-learn's StandardScaler). */
  readonly scaler: Scaler;
  /** k × d, in standardised units. */
  readonly centroids: readonly (readonly number[])[];
  readonly segments: readonly Segment[];
  readonly reference: readonly FeatureReference[];
  /** Models of earlier releases have none. */
  readonly fit?: FitReference;
  readonly training: TrainingSettings;
  readonly lineage: Lineage;
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
  const { format, contract, scaler, centroids, reference, fit, training, lineage } = model;
  const segments = model.segments.map(({ identity: _history, ...segment }) => segment);
  return sha256OfJson({ format, contract, scaler, centroids, segments, reference, fit, training, lineage });
}

export function versionOf(hash: string): string {
  return `m-${hash.slice(0, 12)}`;
}

/** The bytes of `model.json`: equal models give equal text. */
export function modelText(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}
