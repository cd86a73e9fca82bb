import type { GateEvidence } from './decision.js';
import { atLeast, figure, notApplicable, percent, type RuleOutcome } from './outcome.js';
import type { GatePolicy } from './policy.js';

export function silhouetteFloor({ silhouette }: GateEvidence, { minSilhouette }: GatePolicy): RuleOutcome {
  return atLeast('silhouette_floor', silhouette, minSilhouette, 'the least that the policy allows');
}

export function silhouetteDrop(evidence: GateEvidence, policy: GatePolicy): RuleOutcome {
  const { production, silhouette } = evidence;
  const rule = 'silhouette_drop';
  if (production === null)
    return notApplicable(rule, silhouette, 'No version is in production to compare with.');
  if (production.silhouette === null || !production.comparable) {
    const why = production.silhouette === null ? 'by another release' : 'on other features';
    return notApplicable(
      rule,
      silhouette,
      `Production (${production.version}) was trained ${why}, so its Silhouette can't be compared.`,
    );
  }
  // A share of |production|, so that the limit stays below production's score even if that is negative.
  const limit =
    production.silhouette.value - policy.maxSilhouetteDrop * Math.abs(production.silhouette.value);
  const meaning = `${percent(policy.maxSilhouetteDrop)} below production (${production.version}: ${figure(production.silhouette.value)})`;
  return atLeast(rule, silhouette, limit, meaning);
}

export function smallestSegment(
  { smallestSegment: smallest }: GateEvidence,
  policy: GatePolicy,
): RuleOutcome {
  const measured = { metric: `share_of_segment_${smallest.cluster_id}`, value: smallest.share };
  return atLeast(
    'smallest_segment',
    measured,
    policy.minSegmentShare,
    'the least share of the training rows',
  );
}

/** The model as it was stored must predict what the trainer found: what is served is what was judged. */
export function goldenPredictions({ golden: { rows, equal } }: GateEvidence): RuleOutcome {
  const measured = {
    metric: `share_of_${rows}_predictions_as_trained`,
    value: rows === 0 ? Number.NaN : equal / rows,
  };
  return atLeast('golden_predictions', measured, 1, 'all of them');
}
