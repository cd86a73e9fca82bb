import type { Model } from '../../models/format.js';
import type { Succession } from '../../models/succession.js';
import type { Inheritance } from '../../training/identity/compare.js';

/** What becomes of the parent's segments, by their permanent ids; without a parent, all are born. */
export function successionOf(
  model: Model,
  parent: Model | undefined,
  { moved, churn, kinship }: Inheritance,
): Succession {
  const now = model.segments.map(({ segment_id }) => segment_id);
  if (parent === undefined || churn === null || kinship === null)
    return { parent: null, kept_share: 0, continued: [], born: now, retired: [], split: [], merged: [] };
  const before = parent.segments.map(({ segment_id }) => segment_id);
  return {
    parent: parent.version,
    kept_share: churn.kept_share,
    continued: model.segments.flatMap(({ segment_id, identity: { event, jaccard } }, c) =>
      event === 'born' || jaccard === null ? [] : [{ segment_id, event, jaccard, moved: moved[c]! }],
    ),
    born: model.segments.flatMap(({ segment_id, identity }) =>
      identity.event === 'born' ? [segment_id] : [],
    ),
    retired: kinship.retired.map((p) => before[p]!),
    split: kinship.splits.map(({ from, into }) => ({ from: before[from]!, into: into.map((c) => now[c]!) })),
    merged: kinship.merges.map(({ from, into }) => ({ from: from.map((p) => before[p]!), into: now[into]! })),
  };
}
