import { contributionsOf } from './contributions.js';
import { type CompiledModel, type Prediction, standardise } from './predict.js';

/** Why a track belongs to its segment, and how far it is to be trusted. */
export interface Explanation {
  /** Farther from its segment than 99.9 % of the segment's training tracks: like nothing that the model has seen. */
  readonly unassigned: boolean;
  /**
   * In the contract's order. Added up from left to right they are exactly `runner_up.distance - distance`; null where there is no
   * runner-up.
   */
  readonly contributions: readonly Contribution[] | null;
  /** Features outside of what the training tracks hold; none for most tracks. */
  readonly out_of_catalogue: readonly OutOfCatalogue[];
}

export interface Contribution {
  readonly feature: string;
  /** In standardised units. Positive speaks for the segment, negative for the runner-up. */
  readonly contribution: number;
}

export interface OutOfCatalogue {
  readonly feature: string;
  /** The least or the largest value of the training tracks. */
  readonly limit: number;
  readonly side: 'below' | 'above';
}

const NONE: readonly OutOfCatalogue[] = Object.freeze([]);

/**
 * Explains a prediction.
 *
 * @param values of the track that was predicted, in the contract's order and units
 * @throws SegueError as `predictOne`
 */
export function explain(
  model: CompiledModel,
  values: readonly number[],
  prediction: Prediction,
): Explanation {
  standardise(model, values);
  const { cluster_id, distance, runner_up } = prediction;
  return {
    unassigned: distance > model.farthest[cluster_id]!,
    contributions:
      runner_up === null ? null : named(model, contributionsOf(model, model.z, prediction, runner_up)),
    out_of_catalogue: outOfCatalogue(model, values),
  };
}

function named({ features }: CompiledModel, contributions: readonly number[]): Contribution[] {
  return contributions.map((contribution, j) => ({ feature: features[j]!, contribution }));
}

function outOfCatalogue(
  { features, least, most }: CompiledModel,
  values: readonly number[],
): readonly OutOfCatalogue[] {
  let found: OutOfCatalogue[] | undefined;
  for (let j = 0; j < values.length; j += 1) {
    const side = values[j]! < least[j]! ? 'below' : values[j]! > most[j]! ? 'above' : undefined;
    if (side === undefined) continue;
    found ??= [];
    found.push({ feature: features[j]!, limit: side === 'below' ? least[j]! : most[j]!, side });
  }
  return found ?? NONE;
}
