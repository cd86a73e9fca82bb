import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { matchSegments } from '#segue/training/identity/match.js';
import { streamOf } from '#segue/training/rows.js';
import { trainModel } from '#segue/training/train.js';
import type { TrainedModel } from '#segue/training/trained-model.js';
import { head } from './catalogues.js';

/** `cold`: fitted anew and matched with the model before; `warm`: as Segue does. */
export type Method = 'cold' | 'warm';

export interface Retrain {
  /** Of the tracks that were there before. */
  readonly kept_share: number;
  /** Inertia of what was kept over that of the best cold start. */
  readonly inertia_ratio: number;
}

/** Trains on a catalogue that grows by 5 % each week, k unchanged. */
export async function history(
  catalogue: Columns,
  { method, k, retrains, seed }: { method: Method; k: number; retrains: number; seed: number },
): Promise<Retrain[]> {
  const sizes = Array.from({ length: retrains + 1 }, (_, week) =>
    Math.floor(catalogue.rows / 1.05 ** (retrains - week)),
  );
  const weeks: Retrain[] = [];
  let before = await train(head(catalogue, sizes[0]!), k, seed);
  for (const [week, rows] of sizes.entries()) {
    if (week === 0) continue;
    const now = await train(
      head(catalogue, rows),
      k,
      method === 'cold' ? seed + week : seed,
      method === 'warm' ? before : undefined,
    );
    const shared = head(catalogue, sizes[week - 1]!);
    const [old, fresh] = [labelsBy(before, shared), labelsBy(now, shared)];
    const from =
      method === 'warm'
        ? now.inheritance.matches.map((match) => (match.event === 'born' ? -1 : match.from))
        : matched(old, fresh, k);
    const kept = old.filter((label, i) => from[fresh[i]!] === label).length;
    const { wcss_cold } = now.metrics.start;
    weeks.push({ kept_share: kept / old.length, inertia_ratio: now.metrics.train.wcss / wcss_cold });
    before = now;
  }
  return weeks;
}

async function train(
  columns: Columns,
  k: number,
  seed: number,
  parent?: TrainedModel,
): Promise<TrainedModel> {
  const nothing = streamOf(allocateColumns(columns.names, 0));
  return trainModel(
    {
      train: streamOf(columns),
      test: nothing,
      contract: SPOTIFY_FEATURES,
      k,
      seed,
      starts: 10,
      minSegmentShare: 0.02,
      exactRows: 2,
      silhouettePoints: 50,
      parent,
      threads: 1,
    },
    silent,
  );
}

function labelsBy({ scaler, centroids }: TrainedModel, { rows, data }: Columns): number[] {
  return Array.from({ length: rows }, (_, i) => {
    const z = data.map((column, j) => (column[i]! - scaler.mean[j]!) / scaler.sd[j]!);
    const squares = centroids.map((centroid) => centroid.reduce((sum, c, j) => sum + (z[j]! - c) ** 2, 0));
    return squares.indexOf(Math.min(...squares));
  });
}

/** Which earlier segment each new one is, by the tracks that they share alone. */
function matched(old: readonly number[], fresh: readonly number[], k: number): number[] {
  const shared = Array.from({ length: k }, () => Array.from({ length: k }, () => 0));
  old.forEach((label, i) => (shared[label]![fresh[i]!]! += 1));
  const moves = shared.map((row) => row.map(() => 0));
  return matchSegments({ shared, moves }, k).map((match) => (match.event === 'born' ? -1 : match.from));
}
