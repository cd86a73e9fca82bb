import { Gauge, type Registry } from 'prom-client';
import type { Feature, FeatureContract } from '../features/contract.js';
import type { LiveModel } from '../service/live-model.js';
import { type Count, countFamily } from './counts.js';

/**
 * Standard deviations of the training rows beyond which a value is left out of sums: one value of 1e300 would drown every other for as
 * long as the process lives.
 */
const FARTHEST_SUMMED_Z = 1000;

/** What is kept of one feature over all that was asked. */
interface FeatureCounts {
  readonly origin: number;
  readonly count: Count;
  readonly sum: Count;
  readonly squares: Count;
  readonly below: Count;
  readonly above: Count;
  readonly left: Count;
}

/** One model's way of counting: its segments, and the limits of its features. */
interface ModelCounts {
  readonly segments: readonly Count[];
  readonly features: readonly FeatureLimits[];
}

interface FeatureLimits extends FeatureCounts {
  readonly mean: number;
  readonly farthest: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Counts the tracks that were put into each segment, and of each feature count, sum and sum of squares of what was asked: mean and
 * standard deviation over any window and any number of replicas are then one expression of Prometheus. Counters only grow, so values
 * are counted from an origin: the request's lower bound where it is negative, else 0.
 */
export function askedFigures(register: Registry) {
  const predictions = countFamily(
    register,
    'segue_predictions_total',
    'Tracks put into each segment, by model version',
    ['version', 'cluster_id'],
  );
  const family = (name: string, help: string) =>
    countFamily(register, `segue_feature_${name}_total`, help, ['feature']);
  const counted = family('asked', 'Values of the feature in predicted tracks');
  const sums = family('asked_sum', 'Sum of those values above the origin, in the unit of the feature');
  const squares = family('asked_squares', 'Sum of the squares of those differences');
  const origins = new Gauge({
    name: 'segue_feature_origin',
    help: 'What the sums of the feature are counted from: 0, unless requests may be negative',
    labelNames: ['feature'],
    aggregator: 'first',
    registers: [register],
  });
  const left = family(
    'left_out',
    `Values that the sums leave out: below the origin, or more than ${FARTHEST_SUMMED_Z} standard deviations from the training mean`,
  );
  const outside = countFamily(
    register,
    'segue_feature_out_of_range_total',
    'Values below the least or above the largest of the training rows',
    ['feature', 'side'],
  );

  const features = new Map<string, FeatureCounts>();
  const countsOf = (feature: string, origin: number): FeatureCounts => ({
    origin,
    count: counted.count({ feature }),
    sum: sums.count({ feature }),
    squares: squares.count({ feature }),
    below: outside.count({ feature, side: 'below' }),
    above: outside.count({ feature, side: 'above' }),
    left: left.count({ feature }),
  });
  const featureCounts = ({ features: all }: FeatureContract): readonly FeatureCounts[] =>
    all.map((feature) => {
      const { name } = feature;
      const own = features.get(name) ?? countsOf(name, originOf(feature));
      features.set(name, own);
      origins.set({ feature: name }, own.origin);
      return own;
    });

  const versions = new Map<string, readonly Count[]>();
  const segmentCounts = ({ version, model }: LiveModel): readonly Count[] => {
    const own =
      versions.get(version) ??
      model.segments.map(({ cluster_id }) => predictions.count({ version, cluster_id }));
    versions.set(version, own);
    return own;
  };

  const models = new WeakMap<LiveModel, ModelCounts>();
  const modelCounts = (live: LiveModel): ModelCounts => {
    const counts = featureCounts(live.contract);
    const { reference, scaler } = live.model;
    const own = {
      segments: segmentCounts(live),
      features: reference.map(({ mean, min, max }, j) => ({
        ...counts[j]!,
        mean,
        farthest: FARTHEST_SUMMED_Z * scaler.sd[j]!,
        min,
        max,
      })),
    };
    models.set(live, own);
    return own;
  };

  return {
    predicted: (live: LiveModel, clusterId: number, values: readonly number[]): void => {
      const own = models.get(live) ?? modelCounts(live);
      own.segments[clusterId]!.value += 1;
      for (let j = 0; j < values.length; j += 1) add(own.features[j]!, values[j]!);
    },
  };
}

function originOf({ request }: Feature): number {
  return Math.min(0, request.minimum ?? request.exclusiveMinimum ?? 0);
}

function add(
  { origin, count, sum, squares, below, above, left, mean, farthest, min, max }: FeatureLimits,
  value: number,
): void {
  if (value < min) below.value += 1;
  else if (value > max) above.value += 1;
  const risen = value - origin;
  if (risen < 0 || Math.abs(value - mean) > farthest) {
    left.value += 1;
    return;
  }
  count.value += 1;
  sum.value += risen;
  squares.value += risen * risen;
}
