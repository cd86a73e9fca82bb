import type { GatePolicy } from './policy.js';

/** A figure as it was measured: `metric` carries the definition and, if it is an estimate, the sample size. */
export interface Measured {
  readonly metric: string;
  readonly value: number;
  /** 95 % interval, when the figure comes from a sample. */
  readonly ci95?: readonly [number, number] | undefined;
}

/** What the gate judges, gathered by T3. */
export interface GateEvidence {
  readonly version: string;
  readonly silhouette: Measured;
  readonly smallestSegment: { readonly cluster_id: number; readonly share: number };
  /** The version in production, or null when there is none yet. */
  readonly production: ProductionEvidence | null;
}

export interface ProductionEvidence {
  readonly version: string;
  /** Null when its files are of another release of Segue, and can't be read. */
  readonly silhouette: Measured | null;
  /** False when both were measured in different feature spaces, so that their scores mean different things. */
  readonly comparable: boolean;
}

export const VERDICTS = ['pass', 'fail', 'not_applicable'] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface RuleOutcome {
  readonly rule: string;
  readonly metric: string;
  readonly value: number | null;
  readonly comparison: '>=';
  readonly limit: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly verdict: Verdict;
  /** One sentence for a person. */
  readonly explanation: string;
}

/** `decision.json`, but for the run and the time that T3 adds. */
export interface Decision {
  readonly version: string;
  readonly production: string | null;
  readonly verdict: 'accepted' | 'refused';
  readonly rules: readonly RuleOutcome[];
  readonly policy: GatePolicy;
}

/** Judges a model by every rule; it is accepted when none fails. */
export function decide(evidence: GateEvidence, policy: GatePolicy): Decision {
  const rules = [
    silhouetteFloor(evidence, policy),
    silhouetteDrop(evidence, policy),
    smallestSegment(evidence, policy),
  ];
  return {
    version: evidence.version,
    production: evidence.production?.version ?? null,
    verdict: rules.some((rule) => rule.verdict === 'fail') ? 'refused' : 'accepted',
    rules,
    policy,
  };
}

/** The sentences of the rules that failed. */
export function reasonsOf(decision: Decision): string[] {
  return decision.rules.filter((rule) => rule.verdict === 'fail').map((rule) => rule.explanation);
}

function silhouetteFloor({ silhouette }: GateEvidence, { minSilhouette }: GatePolicy): RuleOutcome {
  return atLeast('silhouette_floor', silhouette, minSilhouette, 'the least that the policy allows');
}

function silhouetteDrop(evidence: GateEvidence, policy: GatePolicy): RuleOutcome {
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

function smallestSegment({ smallestSegment: smallest }: GateEvidence, policy: GatePolicy): RuleOutcome {
  const measured = { metric: `share_of_segment_${smallest.cluster_id}`, value: smallest.share };
  return atLeast(
    'smallest_segment',
    measured,
    policy.minSegmentShare,
    'the least share of the training rows',
  );
}

function atLeast(rule: string, measured: Measured, limit: number, meaning: string): RuleOutcome {
  const pass = measured.value >= limit; // false for NaN: a figure that can't be had doesn't pass
  return {
    rule,
    metric: measured.metric,
    value: Number.isNaN(measured.value) ? null : measured.value,
    comparison: '>=',
    limit,
    ci95: measured.ci95 ?? null,
    verdict: pass ? 'pass' : 'fail',
    explanation: `${measured.metric} is ${figure(measured.value)}; the limit is ${figure(limit)}, ${meaning}.`,
  };
}

function notApplicable(rule: string, measured: Measured, explanation: string): RuleOutcome {
  return {
    rule,
    metric: measured.metric,
    value: measured.value,
    comparison: '>=',
    limit: null,
    ci95: measured.ci95 ?? null,
    verdict: 'not_applicable',
    explanation,
  };
}

function figure(value: number): string {
  return value.toFixed(4);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
