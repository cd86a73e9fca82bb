import type { Evidence } from '../training/evidence/evidence.js';

/** How far a segment can be trusted, by how well resamples find it again (Hennig's reading of the index, R's `fpc::clusterboot`). */
export const STABILITIES = ['highly stable', 'stable', 'a pattern', 'doubtful', 'dissolved'] as const;

export interface SegmentStability {
  readonly cluster_id: number;
  /** Mean Jaccard index with the most similar segment of models of resamples. */
  readonly jaccard: number;
  readonly stability: (typeof STABILITIES)[number];
}

/** Least index of each but the last. */
const LEAST = [0.85, 0.75, 0.6, 0.5] as const;

export function stabilityOf({ recovery }: Pick<Evidence, 'recovery'>): SegmentStability[] {
  return recovery.map((jaccard, cluster_id) => {
    const at = LEAST.findIndex((least) => jaccard >= least);
    return { cluster_id, jaccard, stability: STABILITIES.at(at)! };
  });
}
