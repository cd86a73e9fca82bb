import type { Model } from './format.js';
import { corrupt } from './parse.js';
import { compile, predictOne } from './predict.js';

/** A prediction that training made, in `metrics.json`: whoever loads the model must make the same. */
export interface GoldenPrediction {
  /** In the contract's order and units. */
  readonly features: readonly number[];
  readonly cluster_id: number;
  /** To the segment's centroid, in standardised units. */
  readonly distance: number;
}

/** Difference of a distance that the order of summation may make, relative and absolute. */
const TOLERANCE = 1e-9;

/**
 * Makes the golden predictions of a version again, by the code that is about to serve it.
 *
 * @param metrics what `metrics.json` holds; versions of earlier releases have no golden predictions
 * @throws SegueError SEGUE_MODEL_CORRUPT, with the first one that differs
 */
export function checkGolden(model: Model, metrics: unknown): void {
  const { golden = [] } = metrics as { readonly golden?: readonly GoldenPrediction[] };
  const compiled = compile(model);
  for (const { features, cluster_id, distance } of golden) {
    const made = predictOne(compiled, features);
    const same =
      made.cluster_id === cluster_id &&
      Math.abs(made.distance - distance) <= TOLERANCE * Math.max(1, distance);
    if (same) continue;
    throw corrupt(
      `model ${model.version}`,
      `it doesn't predict what it did when it was trained, for ${features.join(', ')}`,
      `segment ${made.cluster_id} at ${made.distance}`,
      `segment ${cluster_id} at ${distance}`,
    );
  }
}
