import type { FeatureContract } from '../features/contract.js';
import type { ModelVersion } from '../models/files.js';
import type { Model, Segment } from '../models/format.js';
import { corrupt } from '../models/parse.js';
import { nameOf, type Pin } from '../models/pins.js';
import { type CompiledModel, compile } from '../models/predict.js';
import type { Profile } from '../training/profile.js';
import { Problem } from './problem.js';

/** A model that answers requests: everything of one version, so that an answer never mixes two. */
export interface LiveModel {
  readonly version: string;
  readonly promotedAt: Date;
  readonly contract: FeatureContract;
  readonly model: Model;
  readonly compiled: CompiledModel;
  /** How answers name each segment, likewise. */
  readonly segmentNames: readonly Pick<Segment, 'segment_id' | 'name'>[];
  /** Names that people gave to segments, by permanent id. */
  readonly pins: ReadonlyMap<string, Pin>;
  /** What training wrote of each segment, in the order of `cluster_id`. */
  readonly profile: Profile;
}

/**
 * Lays a loaded version out for service.
 *
 * @throws SegueError SEGUE_MODEL_CORRUPT where model and profile have different segments
 */
export function liveModel(
  { model, profile }: Pick<ModelVersion, 'model' | 'profile'>,
  promotedAt: Date,
  pins: ReadonlyMap<string, Pin> = new Map(),
): LiveModel {
  const { version, contract } = model;
  const told = profile as Profile;
  const { segments } = told;
  if (segments.length !== model.segments.length) {
    throw corrupt(
      `profile of ${version}`,
      'it describes other segments',
      segments.length,
      model.segments.length,
    );
  }
  const segmentNames = model.segments.map((segment) => ({
    segment_id: segment.segment_id,
    name: nameOf(segment, pins),
  }));
  return {
    version,
    promotedAt,
    contract,
    model,
    compiled: compile(model),
    segmentNames,
    pins,
    profile: told,
  };
}

/** @throws Problem no_model */
export function needModel(live: LiveModel | undefined): LiveModel {
  if (live === undefined) throw new Problem('no_model');
  return live;
}
