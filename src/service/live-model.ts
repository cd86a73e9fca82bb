import type { FeatureContract } from '../features/contract.js';
import type { ModelVersion } from '../models/files.js';
import type { Model, Segment } from '../models/format.js';
import { corrupt } from '../models/parse.js';
import { type CompiledModel, compile } from '../models/predict.js';
import type { Profile, SegmentProfile } from '../training/profile.js';
import { Problem } from './problem.js';

/** A model that answers requests: everything of one version, so that an answer never mixes two. */
export interface LiveModel {
  readonly version: string;
  readonly promotedAt: Date;
  readonly contract: FeatureContract;
  readonly model: Model;
  readonly compiled: CompiledModel;
  /** What training wrote of each segment, in the order of `cluster_id`. */
  readonly segments: readonly SegmentProfile[];
  /** How answers name each segment, likewise. */
  readonly segmentNames: readonly Pick<Segment, 'segment_id' | 'name'>[];
}

/**
 * Lays a loaded version out for service.
 *
 * @throws SegueError SEGUE_MODEL_CORRUPT where model and profile have different segments
 */
export function liveModel(
  { model, profile }: Pick<ModelVersion, 'model' | 'profile'>,
  promotedAt: Date,
): LiveModel {
  const { version, contract } = model;
  const { segments } = profile as Profile;
  if (segments.length !== model.segments.length) {
    throw corrupt(
      `profile of ${version}`,
      'it describes other segments',
      segments.length,
      model.segments.length,
    );
  }
  const segmentNames = model.segments.map(({ segment_id, name }) => ({ segment_id, name }));
  return { version, promotedAt, contract, model, compiled: compile(model), segments, segmentNames };
}

/** @throws Problem no_model */
export function needModel(live: LiveModel | undefined): LiveModel {
  if (live === undefined) throw new Problem('no_model');
  return live;
}
