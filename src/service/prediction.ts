import type { Static } from '../core/typebox.js';
import type { Frozen } from '../core/types.js';
import type { Asked } from '../drift/asked.js';
import { explain } from '../models/explain.js';
import { type Neighbour, predictOne } from '../models/predict.js';
import { valuesOf } from './feature-schema.js';
import type { compileCheck } from './field-errors.js';
import type { LiveModel } from './live-model.js';
import type {
  BATCH_RESULT,
  LEAN_PREDICTED,
  LEAN_PREDICTION,
  PREDICTED,
  PREDICTION,
} from './prediction-schema.js';
import { invalidRequest, problemBody } from './problem.js';

/** A prediction that names its model. */
export type LonePrediction = Frozen<Static<typeof PREDICTION>>;

type LeanPrediction = Frozen<Static<typeof LEAN_PREDICTION>>;

/** A track whose features have been checked. */
export type Track = Readonly<Record<string, number>>;

export type CheckTrack = ReturnType<typeof compileCheck>;

export type BatchResult = Frozen<Static<typeof BATCH_RESULT>>;

export type ItemResult = BatchResult['results'][number];

export type Predicted = Frozen<Static<typeof PREDICTED>>;

export type LeanPredicted = Frozen<Static<typeof LEAN_PREDICTED>>;

/** Told of each track that is put into a segment, and of each that breaks a rule. */
export type Told = Pick<Asked, 'predicted' | 'refused'>;

/** Listens to nothing. */
export const UNTOLD: Told = { predicted: () => {}, refused: () => {} };

/** Puts one track into a segment, and says why. Members are spelled out: object spreads would take longer than the arithmetic. */
export function predictTrack(live: LiveModel, track: Track, told: Told): Predicted {
  const values = valuesOf(live.contract, track);
  const prediction = predictOne(live.compiled, values);
  const { cluster_id, distance, runner_up, margin } = prediction;
  const { unassigned, contributions, out_of_catalogue } = explain(live.compiled, values, prediction);
  told.predicted(live, prediction, values);
  return {
    cluster_id,
    segment: live.segmentNames[cluster_id]!,
    distance,
    unassigned,
    runner_up: runner_up === null ? null : describeNeighbour(live, runner_up),
    margin,
    contributions,
    out_of_catalogue,
  };
}

/** As `predictTrack`, for an answer that has to name the version itself. */
export function predictAlone(live: LiveModel, track: Track, told: Told): LonePrediction {
  const predicted = predictTrack(live, track, told);
  return {
    cluster_id: predicted.cluster_id,
    model_version: live.version,
    segment: predicted.segment,
    distance: predicted.distance,
    unassigned: predicted.unassigned,
    runner_up: predicted.runner_up,
    margin: predicted.margin,
    contributions: predicted.contributions,
    out_of_catalogue: predicted.out_of_catalogue,
  };
}

/** Puts one track into a segment, and no more: the explanation is never made. */
export function predictLean(live: LiveModel, track: Track, told: Told): LeanPredicted {
  const values = valuesOf(live.contract, track);
  const prediction = predictOne(live.compiled, values);
  told.predicted(live, prediction, values);
  return { cluster_id: prediction.cluster_id };
}

/** As `predictLean`, for an answer that has to name the version itself. */
export function predictLeanAlone(live: LiveModel, track: Track, told: Told): LeanPrediction {
  return { cluster_id: predictLean(live, track, told).cluster_id, model_version: live.version };
}

/** How one track of a batch is answered: in full or lean. */
export type Predict = typeof predictTrack | typeof predictLean;

/** What answers every item of a batch. */
export interface BatchBy {
  readonly live: LiveModel;
  readonly checkTrack: CheckTrack;
  readonly predict: Predict;
  readonly told: Told;
}

/** Puts one item of a batch into a segment, or says what is wrong with it. */
export function predictItem({ live, checkTrack, predict, told }: BatchBy, item: unknown): ItemResult {
  const errors = checkTrack(item);
  if (errors.length === 0) return { prediction: predict(live, item as Track, told) };
  told.refused(live);
  return { problem: problemBody('invalid_request', invalidRequest(errors)) };
}

function describeNeighbour(live: LiveModel, { cluster_id, distance }: Neighbour): Predicted['runner_up'] {
  return { cluster_id, segment: live.segmentNames[cluster_id]!, distance };
}
