import type { Evidence } from '../training/evidence/evidence.js';
import type { Churn } from '../training/metrics.js';
import { churn } from './churn-rule.js';
import { lift, liftDrop, recovery, splitHalves } from './evidence-rules.js';
import type { Measured, RuleOutcome } from './outcome.js';
import type { GatePolicy } from './policy.js';
import { goldenPredictions, silhouetteDrop, silhouetteFloor, smallestSegment } from './rules.js';
import { type SegmentStability, stabilityOf } from './stability.js';

/** What the gate judges, gathered by T3. */
export interface GateEvidence {
  readonly version: string;
  /** Number of segments. */
  readonly k: number;
  readonly silhouette: Measured;
  readonly smallestSegment: { readonly cluster_id: number; readonly share: number };
  /** How it stands against chance and against itself; null where there are too few rows or segments to tell. */
  readonly evidence: Evidence | null;
  /** Predictions by the stored model that are the trainer's. */
  readonly golden: { readonly rows: number; readonly equal: number };
  /** What would change for tracks; null without a comparable version in production. */
  readonly churn: Churn | null;
  /** The version in production, or null when there is none yet. */
  readonly production: ProductionEvidence | null;
}

export interface ProductionEvidence {
  readonly version: string;
  /** Null when its files are of another release of Segue, and can't be read. */
  readonly silhouette: Measured | null;
  /** False when both were measured in different feature spaces, so that their scores mean different things. */
  readonly comparable: boolean;
  /** Its number of segments; null where its files can't be read. */
  readonly k: number | null;
  /** Split-half agreement when it was judged; null where that isn't known. */
  readonly halves: number | null;
}

/** `decision.json`, but for the run and the time that T3 adds. */
export interface Decision {
  readonly version: string;
  readonly production: string | null;
  readonly verdict: 'accepted' | 'refused';
  readonly rules: readonly RuleOutcome[];
  /** Of each segment; null where there are too few rows to tell. */
  readonly stability: readonly SegmentStability[] | null;
  readonly policy: GatePolicy;
}

/** Judges a model by every rule; it is accepted when none fails. */
export function decide(given: GateEvidence, policy: GatePolicy): Decision {
  const rules = [
    silhouetteFloor,
    silhouetteDrop,
    lift,
    liftDrop,
    splitHalves,
    recovery,
    smallestSegment,
    churn,
    goldenPredictions,
  ].map((judge) => judge(given, policy));
  return {
    version: given.version,
    production: given.production?.version ?? null,
    verdict: rules.some((rule) => rule.verdict === 'fail') ? 'refused' : 'accepted',
    rules,
    stability: given.evidence === null ? null : stabilityOf(given.evidence),
    policy,
  };
}

/** The sentences of the rules that failed. */
export function reasonsOf(decision: Decision): string[] {
  return failedRules(decision).map((rule) => rule.explanation);
}

export function failedRules({ rules }: Decision): RuleOutcome[] {
  return rules.filter((rule) => rule.verdict === 'fail');
}
