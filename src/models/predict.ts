import { SegueError } from '../core/errors.js';
import type { Model } from './format.js';

/** A model laid out for prediction: flat arrays, made once per model. */
export interface CompiledModel {
  readonly version: string;
  readonly features: readonly string[];
  readonly k: number;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  /** Row by row: `centroids[c * d + j]` is feature j of segment c, in standardised units. */
  readonly centroids: Float64Array;
  /** Per segment the distance above which a track is unassigned: the 99.9th percentile of its training tracks'. */
  readonly farthest: Float64Array;
  /** Per feature the least and the largest value of the training tracks. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Scratch for one row; a prediction never yields while it uses it. */
  readonly z: Float64Array;
}

export interface Neighbour {
  readonly cluster_id: number;
  /** Euclidean distance to the segment's centroid, in standardised units (scikit-learn's `KMeans.transform`). */
  readonly distance: number;
}

export interface Prediction extends Neighbour {
  /** The next nearest segment; null where there is only one. */
  readonly runner_up: Neighbour | null;
  /** 1 - distance / runner_up.distance: 0 on the boundary of two segments, 1 at the centroid or where there is only one segment. */
  readonly margin: number;
}

/** Standard deviations beyond which a value counts as that far: its square, summed over the features, is still finite. */
export const FARTHEST_Z = 1e150;

export function compile({ version, contract, scaler, centroids, segments, reference }: Model): CompiledModel {
  return {
    version,
    features: contract.features.map(({ name }) => name),
    k: centroids.length,
    mean: Float64Array.from(scaler.mean),
    sd: Float64Array.from(scaler.sd),
    centroids: Float64Array.from(centroids.flat()),
    farthest: Float64Array.from(segments, ({ distances }) => distances?.p99_9 ?? 0),
    least: Float64Array.from(reference, ({ min }) => min),
    most: Float64Array.from(reference, ({ max }) => max),
    z: new Float64Array(scaler.mean.length),
  };
}

/**
 * The segment of one track: z = (x - mean) / sd, then the least squared distance to a centroid, summed in the contract's order; of
 * equally near ones, the lower id. This is scikit-learn's `Pipeline(StandardScaler, KMeans).predict` without its rearrangement of
 * the square, which costs the last digits. Finite input of any size gives finite output: |z| is held at FARTHEST_Z.
 *
 * @param values one number per feature, in the contract's order and units
 * @throws SegueError SEGUE_INVALID_NUMBER for another count of values, or one that isn't finite
 */
export function predictOne(model: CompiledModel, values: readonly number[]): Prediction {
  standardise(model, values);
  const { k, z, centroids } = model;
  const d = z.length;
  let first = -1;
  let second = -1;
  let firstSquare = Infinity;
  let secondSquare = Infinity;
  for (let c = 0; c < k; c += 1) {
    let square = 0;
    for (let j = 0; j < d; j += 1) {
      const difference = z[j]! - centroids[c * d + j]!;
      square += difference * difference;
    }
    if (square < firstSquare) {
      second = first;
      secondSquare = firstSquare;
      first = c;
      firstSquare = square;
    } else if (square < secondSquare) {
      second = c;
      secondSquare = square;
    }
  }
  const distance = Math.sqrt(firstSquare);
  // Spelled out: an object spread here costs ten times the rest of the prediction.
  if (second === -1) return { cluster_id: first, distance, runner_up: null, margin: 1 };
  const far = Math.sqrt(secondSquare);
  const margin = far === 0 ? 0 : 1 - distance / far;
  return { cluster_id: first, distance, runner_up: { cluster_id: second, distance: far }, margin };
}

/**
 * Fills `z` with the standardised values of a track.
 *
 * @throws SegueError SEGUE_INVALID_NUMBER, as `predictOne`
 */
export function standardise({ features, mean, sd, z }: CompiledModel, values: readonly number[]): void {
  if (values.length !== z.length) {
    throw new SegueError('SEGUE_INVALID_NUMBER', {
      what: 'A track needs one value per feature',
      value: values.length,
      limit: z.length,
      mend: `Give ${features.join(', ')}, in this order.`,
    });
  }
  for (let j = 0; j < z.length; j += 1) {
    const value = values[j]!;
    if (!Number.isFinite(value)) {
      throw new SegueError('SEGUE_INVALID_NUMBER', {
        what: `${features[j]} is not a finite number`,
        value,
        mend: 'Give a finite number.',
      });
    }
    z[j] = Math.max(-FARTHEST_Z, Math.min(FARTHEST_Z, (value - mean[j]!) / sd[j]!));
  }
}
