import { sha256OfJson } from '../../core/hash.js';
import type { SegmentMatch } from './match.js';

/** Form of a permanent id: opaque, 50 bits of a hash. */
export const SEGMENT_ID_PATTERN = '^seg_[a-z2-7]{10}$';

/** What makes the segments of one training what they are: equal ones get equal ids. */
export interface Birth {
  readonly cleaned_data_hash: string;
  readonly seed: number;
  /** Hash of the model in production at that time; null for none. */
  readonly parent: string | null;
}

/** How a segment came by its permanent id. */
export interface SegmentIdentity {
  readonly event: SegmentMatch['event'];
  /** `cluster_id` of the same segment in the parent model; null for a new segment. */
  readonly from: number | null;
  /** Tracks in both over tracks in either, among this model's training rows as both models label them; null for a new segment. */
  readonly jaccard: number | null;
}

/** RFC 4648. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const CHARACTERS = 10;

/**
 * The permanent id of a segment that no earlier one continues in: a hash of its centroid and of what it was trained from, so that the same
 * training gives the same ids.
 *
 * @param clusterId tells segments with equal centroids apart
 */
export function bornId(birth: Birth, clusterId: number, centroid: readonly number[]): string {
  const hash = sha256OfJson({ ...birth, cluster_id: clusterId, centroid });
  const characters = Array.from({ length: CHARACTERS }, (_, i) => {
    const byte = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
    return BASE32[byte % BASE32.length]!;
  });
  return `seg_${characters.join('')}`;
}

/**
 * Gives every segment its permanent id: its earlier one where it has one, else one of its own.
 *
 * @param parentIds permanent ids of the parent model's segments, by `cluster_id`
 */
export function identify(
  matches: readonly SegmentMatch[],
  parentIds: readonly string[],
  birth: Birth,
  centroids: readonly (readonly number[])[],
): { readonly segment_id: string; readonly identity: SegmentIdentity }[] {
  return matches.map((match, c) =>
    match.event === 'born'
      ? {
          segment_id: bornId(birth, c, centroids[c]!),
          identity: { event: match.event, from: null, jaccard: null },
        }
      : { segment_id: parentIds[match.from]!, identity: match },
  );
}
