import type { Model } from '../models/format.js';
import type { CompiledModel, Prediction } from '../models/predict.js';
import { type Counts, countRefused, countTrack, emptyCounts } from './counts.js';

/** The model that answers, laid out for prediction. */
export interface Answering {
  readonly model: Model;
  readonly compiled: CompiledModel;
}

/** What this process has been asked since it began, by model version; metrics and windows of drift are both made of it. */
export interface Asked {
  /** @param values in the contract's order and units */
  predicted(answering: Answering, prediction: Prediction, values: readonly number[]): void;
  /** A track that broke a rule of the request. */
  refused(answering: Answering): void;
  /** Of every version that has answered, in the order in which they began to. The sums go on growing. */
  all(): readonly Counts[];
}

export function countAsked(): Asked {
  const byVersion = new Map<string, Counts>();
  const byAnswering = new WeakMap<Answering, Counts>(); // a model is laid out anew when one of its names changes
  const begin = (answering: Answering): Counts => {
    const { model } = answering;
    const counts = byVersion.get(model.version) ?? emptyCounts(model);
    byVersion.set(model.version, counts);
    byAnswering.set(answering, counts);
    return counts;
  };
  const countsOf = (answering: Answering): Counts => byAnswering.get(answering) ?? begin(answering);
  return {
    predicted: (answering, prediction, values) =>
      countTrack(countsOf(answering), answering.compiled, prediction, values),
    refused: (answering) => countRefused(countsOf(answering)),
    all: () => [...byVersion.values()],
  };
}
