/** Limits that a new model must keep to be promoted. Stored with every decision; docs/gate.md says how they were found. */
export interface GatePolicy {
  /** Least Euclidean Silhouette on the training rows. */
  readonly minSilhouette: number;
  /** Largest drop of that Silhouette against the version in production, as a share of production's (0.1 = 10 %). */
  readonly maxSilhouetteDrop: number;
  /** Least share of the training rows that the smallest segment holds. */
  readonly minSegmentShare: number;
  /** Least lift: share of the variance that segments explain, above what they explain in shuffled features. */
  readonly minLift: number;
  /** By how many standard deviations of the shuffled ones it must be above them. */
  readonly minLiftDeviations: number;
  /** Largest drop of the lift against the version in production. */
  readonly maxLiftDrop: number;
  /** Largest drop of the split-half agreement against the version in production. */
  readonly maxStabilityDrop: number;
  /** Least Jaccard index with which each segment is found again in resamples; 0 refuses nothing. */
  readonly minRecovery: number;
  /** Largest share of the tracks that change their segment when the model replaces production. */
  readonly maxChurn: number;
}

/**
 * The Silhouette's floor is 0.20: real catalogues score 0.21 to 0.33 on these five features, so the
 * specification's example of 0.35 would keep every one of them out of production.
 */
export const DEFAULT_POLICY: GatePolicy = {
  minSilhouette: 0.2,
  maxSilhouetteDrop: 0.1,
  minSegmentShare: 0.02,
  minLift: 0.03,
  minLiftDeviations: 3,
  maxLiftDrop: 0.02,
  maxStabilityDrop: 0.05,
  minRecovery: 0,
  maxChurn: 0.1,
};
