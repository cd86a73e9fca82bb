import { Counter, Gauge, type Registry } from 'prom-client';
import type { Asked } from '../drift/asked.js';
import { FARTHEST_SUMMED_Z, FEATURE, FEATURE_PLACES, TRACK_PLACES, TRACKS } from '../drift/counts.js';

/**
 * Exposes what was asked: the tracks that were put into each segment, and of each feature count, sum and sum of squares, so that mean and
 * standard deviation over any window and any number of replicas are one expression of Prometheus. Counters only grow, so values are
 * counted from an origin: the request's lower bound where it is negative, else 0.
 */
export function askedFigures(register: Registry, asked: Asked): void {
  const counter = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    each: (add: (labels: Readonly<Partial<Record<Label, string | number>>>, value: number) => void) => void,
  ): void => {
    register.registerMetric(
      new Counter<Label>({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        collect() {
          this.reset();
          each((labels, value) => this.inc(labels as Record<Label, string | number>, value));
        },
      }),
    );
  };
  const perFeature = (name: string, help: string, place: number): void =>
    counter(`segue_feature_${name}_total`, help, ['feature'], (add) => {
      for (const { model, sums } of asked.all())
        for (const [j, { feature }] of model.reference.entries())
          add({ feature }, sums[j * FEATURE_PLACES + place]!);
    });
  const ofTracks = (name: string, help: string, place: number): void =>
    counter(name, help, [], (add) => {
      add({}, 0); // there from the beginning
      for (const { sums, origins } of asked.all()) add({}, sums[origins.length * FEATURE_PLACES + place]!);
    });

  counter(
    'segue_predictions_total',
    'Tracks put into each segment, by model version',
    ['version', 'cluster_id'],
    (add) => {
      for (const { model, sums, origins } of asked.all())
        for (const { cluster_id } of model.segments)
          add(
            { version: model.version, cluster_id },
            sums[origins.length * FEATURE_PLACES + TRACK_PLACES + cluster_id]!,
          );
    },
  );
  perFeature('asked', 'Values of the feature in predicted tracks', FEATURE.count);
  perFeature('asked_sum', 'Sum of those values above the origin, in the unit of the feature', FEATURE.sum);
  perFeature('asked_squares', 'Sum of the squares of those differences', FEATURE.squares);
  perFeature(
    'left_out',
    `Values that the sums leave out: below the origin, or more than ${FARTHEST_SUMMED_Z} standard deviations from the training mean`,
    FEATURE.left,
  );
  counter(
    'segue_feature_out_of_range_total',
    'Values below the least or above the largest of the training rows',
    ['feature', 'side'],
    (add) => {
      for (const { model, sums } of asked.all())
        for (const [j, { feature }] of model.reference.entries())
          for (const side of ['below', 'above'] as const)
            add({ feature, side }, sums[j * FEATURE_PLACES + FEATURE[side]]!);
    },
  );
  ofTracks(
    'segue_predicted_distance_squares_total',
    'Sum over predicted tracks of the squared distance to their centroid, in standardised units',
    TRACKS.squares,
  );
  ofTracks(
    'segue_predictions_boundary_total',
    'Predicted tracks that could as well be in another segment: margin under 0.05',
    TRACKS.boundary,
  );
  ofTracks(
    'segue_predictions_unassigned_total',
    'Predicted tracks farther from their segment than 99.9 % of its training tracks',
    TRACKS.unassigned,
  );
  ofTracks('segue_predictions_refused_total', 'Tracks that broke a rule of the request', TRACKS.refused);

  register.registerMetric(
    new Gauge({
      name: 'segue_feature_origin',
      help: 'What the sums of the feature are counted from: 0, unless requests may be negative',
      labelNames: ['feature'],
      aggregator: 'first',
      registers: [],
      collect() {
        for (const { model, origins } of asked.all())
          for (const [j, { feature }] of model.reference.entries()) this.set({ feature }, origins[j]!);
      },
    }),
  );
}
