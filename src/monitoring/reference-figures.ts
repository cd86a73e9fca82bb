import { Gauge, type Registry } from 'prom-client';
import type { LiveModel } from '../service/live-model.js';

/** Exposes what the model that answers was trained on: what the counters of what was asked are compared with. */
export function referenceFigures(register: Registry): { served(live: LiveModel): void } {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge<Label>({
      name,
      help,
      labelNames: [...labelNames],
      aggregator: 'first',
      registers: [register],
    });
  const ofFeature = (name: string, help: string) =>
    gauge(`segue_feature_reference_${name}`, `${help} in the training rows`, ['feature']);
  const mean = ofFeature('mean', 'Mean of the feature');
  const sd = ofFeature('sd', 'Standard deviation of the feature');
  const kurtosis = ofFeature(
    'kurtosis',
    'Fourth standardised moment of the feature (3 of a normal distribution)',
  );
  const rows = ofFeature('rows', 'Values of the feature');
  const share = gauge('segue_segment_reference_share', 'Share of the training rows in the segment', [
    'version',
    'cluster_id',
  ]);
  const trained = gauge('segue_model_training_rows', 'Training rows of the model that answers', []);
  const distance = gauge(
    'segue_model_reference_squared_distance',
    'Mean squared distance of training rows to their centroid, in standardised units',
    [],
  );
  const boundary = gauge(
    'segue_model_reference_boundary_share',
    'Share of training rows that could as well be in another segment: margin under 0.05',
    [],
  );
  for (const one of [trained, distance, boundary]) one.remove();

  return {
    served({ version, model }) {
      for (const one of [mean, sd, kurtosis, rows, share]) one.reset();
      for (const reference of model.reference) {
        const { feature } = reference;
        mean.set({ feature }, reference.mean);
        sd.set({ feature }, reference.sd);
        kurtosis.set({ feature }, reference.kurtosis);
        rows.set({ feature }, reference.n);
      }
      for (const segment of model.segments)
        share.set({ version, cluster_id: String(segment.cluster_id) }, segment.share);
      trained.set(model.lineage.train_rows);
      const { fit } = model;
      if (fit === undefined) {
        distance.remove();
        boundary.remove();
        return;
      }
      distance.set(fit.mean_distance ** 2 + fit.sd_distance ** 2);
      boundary.set(fit.boundary_share);
    },
  };
}
