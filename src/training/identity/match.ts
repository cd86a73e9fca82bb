import { optimalAssignment } from './assignment.js';

/** Least Jaccard index at which a segment is an earlier one again, and at which it counts as unchanged. */
export const MATCH = { least: 0.3, same: 0.5 } as const;

/** `continued`: an earlier segment, much the same; `changed`: an earlier one that has lost or won many tracks; `born`: none of the earlier ones. */
export const IDENTITY_EVENTS = ['continued', 'changed', 'born'] as const;

/** Where a segment comes from. */
export type SegmentMatch =
  | {
      readonly event: 'continued' | 'changed';
      /** Number of the earlier segment. */
      readonly from: number;
      /** Tracks in both over tracks in either. */
      readonly jaccard: number;
    }
  | { readonly event: 'born' };

/** Tracks and centroids of two segmentations, the earlier one first. */
export interface Comparison {
  /** Per earlier segment, per new one: tracks that are in both. */
  readonly shared: readonly (readonly number[])[];
  /** Likewise: distance between the centroids, in a scale that doesn't change from one retrain to the next. */
  readonly moves: readonly (readonly number[])[];
}

/** Costs are whole multiples of this, so that ties are ties; sums of thousands stay exact. */
const GRAIN = 2 ** -40;

/**
 * Says of every new segment which earlier one it continues. Of all assignments that pair segments with a Jaccard index of at least 0.3, it
 * takes the one with the largest total, and of equal ones that whose centroids moved least.
 *
 * @param newSegments how many there are
 */
export function matchSegments({ shared, moves }: Comparison, newSegments: number): SegmentMatch[] {
  const jaccard = jaccardOf(shared);
  const farthest = Math.max(1, ...moves.flat());
  const likeness = jaccard.map((row) => row.map((j) => (j >= MATCH.least ? -Math.round(j / GRAIN) : 0)));
  const distances = moves.map((row, p) =>
    row.map((move, c) => (likeness[p]![c] === 0 ? 0 : Math.round(move / farthest / GRAIN))),
  );
  const matches: SegmentMatch[] = Array.from({ length: newSegments }, () => ({ event: 'born' }));
  optimalAssignment(likeness, distances).forEach((c, from) => {
    const value = c === -1 ? 0 : jaccard[from]![c]!;
    if (value < MATCH.least) return;
    matches[c] = { event: value >= MATCH.same ? 'continued' : 'changed', from, jaccard: value };
  });
  return matches;
}

/** Jaccard index of every pair: tracks in both over tracks in either; 0 for two segments without tracks. */
export function jaccardOf(shared: readonly (readonly number[])[]): number[][] {
  const rows = shared.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = (shared[0] ?? []).map((_, c) => shared.reduce((sum, row) => sum + row[c]!, 0));
  return shared.map((row, p) =>
    row.map((both, c) => (both === 0 ? 0 : both / (rows[p]! + columns[c]! - both))),
  );
}
