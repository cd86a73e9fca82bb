import type { Evidence, Repeated } from '../training/evidence/evidence.js';
import type { GateEvidence } from './decision.js';
import { atLeast, figure, type Measured, notApplicable, type RuleOutcome } from './outcome.js';
import type { GatePolicy } from './policy.js';

const TOO_FEW = 'There are too few rows or segments to tell.';

/** The segments must be more than what K-Means finds in features that have nothing to do with each other. */
export function lift({ evidence }: GateEvidence, { minLift, minLiftDeviations }: GatePolicy): RuleOutcome {
  if (evidence === null) return unknown('lift', 'explained_variance_lift');
  const { chance } = evidence;
  const limit = Math.max(minLift, minLiftDeviations * chance.sd);
  const meaning =
    limit === minLift
      ? `the least that the policy allows; shuffled features give ${figure(chance.mean)}`
      : `${minLiftDeviations} standard deviations (${figure(chance.sd)}) of what shuffled features give, ${figure(chance.mean)}`;
  return atLeast('lift', liftOf(evidence, evidence.explained, chance), limit, meaning);
}

/** Nor may they be much less so than production's are, on today's tracks. */
export function liftDrop({ evidence, production }: GateEvidence, { maxLiftDrop }: GatePolicy): RuleOutcome {
  if (evidence === null) return unknown('lift_drop', 'explained_variance_lift');
  const measured = liftOf(evidence, evidence.explained, evidence.chance);
  if (evidence.production === null || evidence.productionChance === null)
    return notApplicable(
      'lift_drop',
      measured,
      'No version is in production whose lift this could be compared with.',
    );
  const { value: before } = liftOf(evidence, evidence.production, evidence.productionChance);
  const meaning = `${figure(maxLiftDrop)} below production's on the same tracks (${production?.version ?? ''}: ${figure(before)})`;
  return atLeast('lift_drop', measured, before - maxLiftDrop, meaning);
}

/** Models of either half of the tracks must agree as well as they did for production: refused where the interval is below the limit. */
export function splitHalves(given: GateEvidence, policy: GatePolicy): RuleOutcome {
  const { evidence, production, k } = given;
  if (evidence === null) return unknown('split_halves', 'adjusted_rand_of_halves');
  const { mean } = evidence.halves;
  const ci95 = intervalOf(evidence.halves);
  const measured = { metric: `adjusted_rand_of_halves_sampled_${evidence.sample}`, value: mean, ci95 };
  const before = production?.halves ?? null;
  if (before === null)
    return notApplicable(
      'split_halves',
      measured,
      'No version is in production whose halves these could be compared with.',
    );
  if (production?.k !== k)
    return notApplicable(
      'split_halves',
      measured,
      'Production has another number of segments: their halves can’t be compared.',
    );
  const limit = before - policy.maxStabilityDrop;
  const judged = atLeast(
    'split_halves',
    measured,
    limit,
    `${figure(policy.maxStabilityDrop)} below production's (${figure(before)})`,
  );
  return ci95[1] >= limit ? { ...judged, verdict: 'pass' } : judged;
}

/** Each segment must be found again in resamples. */
export function recovery({ evidence }: GateEvidence, { minRecovery }: GatePolicy): RuleOutcome {
  if (evidence === null) return unknown('recovery', 'jaccard_in_resamples');
  const least = Math.min(...evidence.recovery);
  const segment = evidence.recovery.indexOf(least);
  const measured = {
    metric: `jaccard_of_segment_${segment}_in_resamples_sampled_${evidence.sample}`,
    value: least,
  };
  return atLeast('recovery', measured, minRecovery, 'below which a segment is not to be trusted');
}

function liftOf({ sample }: Evidence, explained: number, chance: Repeated): Measured {
  const error = 1.96 * chance.sd;
  const value = explained - chance.mean;
  return {
    metric: `explained_variance_lift_sampled_${sample}`,
    value,
    ci95: [value - error, value + error],
  };
}

/** Of the mean, by the normal approximation. */
function intervalOf({ mean, sd, times }: Repeated): readonly [number, number] {
  const error = (1.96 * sd) / Math.sqrt(times);
  return [mean - error, mean + error];
}

function unknown(rule: string, metric: string): RuleOutcome {
  return notApplicable(rule, { metric, value: null }, TOO_FEW);
}
