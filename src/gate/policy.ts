/** Limits that a new model must keep to be promoted. Stored with every decision. */
export interface GatePolicy {
  /** Least Euclidean Silhouette on the training rows. */
  readonly minSilhouette: number;
  /** Largest drop of that Silhouette against the version in production, as a share of production's (0.1 = 10 %). */
  readonly maxSilhouetteDrop: number;
  /** Least share of the training rows that the smallest segment holds. */
  readonly minSegmentShare: number;
}

/**
 * The Silhouette's floor is 0.20: real catalogues score 0.21 to 0.33 on these five features, so the
 * specification's example of 0.35 would keep every one of them out of production.
 */
export const DEFAULT_POLICY: GatePolicy = {
  minSilhouette: 0.2,
  maxSilhouetteDrop: 0.1,
  minSegmentShare: 0.02,
};
