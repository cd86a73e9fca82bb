import { seededRandom } from '#segue/core/random.js';
import { type Feature, type FeatureContract, SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { MODEL_FORMAT, type Model, type ModelContent, sealModel } from '#segue/models/format.js';
import { bornId } from '#segue/training/identity/segment-id.js';

/** A contract with d features; with 5, Spotify's. */
export function contractOf(d: number): FeatureContract {
  if (d === SPOTIFY_FEATURES.features.length) return SPOTIFY_FEATURES;
  const [feature] = SPOTIFY_FEATURES.features as [Feature];
  const features = Array.from({ length: d }, (_, j) => ({ ...feature, name: `feature_${j}`, aliases: [] }));
  return { name: 'test-features', version: 1, features };
}

const BIRTH = { cleaned_data_hash: '0'.repeat(64), seed: 42, parent: null };

/** Content of a model with the given scaler and centroids, and plausible figures for the rest. */
export function contentOf(
  mean: readonly number[],
  sd: readonly number[],
  centroids: readonly (readonly number[])[],
): ModelContent {
  const contract = contractOf(mean.length);
  return {
    format: MODEL_FORMAT,
    contract,
    scaler: { mean, sd },
    centroids,
    segments: centroids.map((centroid, cluster_id) => ({
      cluster_id,
      segment_id: bornId(BIRTH, cluster_id, centroid),
      identity: { event: 'born', from: null, jaccard: null },
      name: { en: `Segment ${cluster_id}`, es: `Segmento ${cluster_id}` },
      rows: 100,
      share: 1 / centroids.length,
      distances: { p50: 1, p90: 1.5, p95: 2, p99: 2.5, p99_9: 3, max: 4 },
    })),
    reference: contract.features.map(({ name }, j) => ({
      feature: name,
      n: 100 * centroids.length,
      mean: mean[j]!,
      sd: sd[j]!,
      kurtosis: 3,
      min: mean[j]! - 3 * sd[j]!,
      max: mean[j]! + 3 * sd[j]!,
      decile_edges: [-1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28].map((z) => mean[j]! + z * sd[j]!),
      decile_counts: Array.from({ length: 10 }, () => 10 * centroids.length),
    })),
    training: {
      k: centroids.length,
      k_mode: 'fixed',
      start: 'cold',
      seed: 42,
      starts: 10,
      max_iterations: 300,
      tolerance: 1e-4,
    },
    lineage: {
      segue_version: '0.1.0',
      cleaned_data_hash: '0'.repeat(64),
      split_seed: 42,
      train_rows: 100 * centroids.length,
      test_rows: 25 * centroids.length,
    },
  };
}

/** A model with random scaler and centroids; the same seed gives the same model. */
export function exampleModel(
  { k = 4, d = 5, seed = 1 }: { k?: number; d?: number; seed?: number } = {},
  parent: string | null = null,
): Model {
  const random = seededRandom(seed);
  const row = (): number[] => Array.from({ length: d }, () => random.normal());
  const sd = Array.from({ length: d }, () => 0.1 + 30 * random.next());
  return sealModel(contentOf(row(), sd, Array.from({ length: k }, row)), parent);
}
