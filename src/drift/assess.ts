import type { Model } from '../models/format.js';
import { featureFindings } from './feature-findings.js';
import { type Compared, type Finding, judge } from './finding.js';
import { type KindFound, kindsOf } from './kinds.js';
import { FALSE_ALARM_SHARE, isTold, LIMITS, type Verdict, worst } from './limits.js';
import { segmentFindings } from './segment-findings.js';
import { rareShare } from './shares.js';
import type { Tally } from './tally.js';

/** What a window of tracks says about drift against the training rows of a model. */
export interface Assessment {
  readonly model_version: string;
  readonly tracks: number;
  readonly refused: number;
  /** The worst of the findings'; `not_enough_data` where a shift of 0.3 standard deviations could have been missed. */
  readonly verdict: Verdict;
  /**
   * The least shift of a mean, in standard deviations of the training rows, that every feature would have told of; null of no track.
   */
  readonly smallest_visible_shift: number | null;
  /** Share of windows, at most, that tell of something where nothing changed. */
  readonly false_alarm_share: number;
  readonly features: readonly FeatureComparison[];
  readonly segments: readonly SegmentComparison[];
  readonly findings: readonly Finding[];
  /** What kinds of change would explain it; only the last is drift. */
  readonly kinds: readonly KindFound[];
}

export interface Moments {
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
}

export interface FeatureComparison {
  readonly feature: string;
  readonly unit: string;
  readonly reference: Moments;
  readonly current: Moments & { readonly below: number; readonly above: number; readonly left_out: number };
  readonly smallest_visible_shift: number | null;
  readonly verdict: Verdict;
}

export interface SegmentComparison {
  readonly cluster_id: number;
  readonly segment_id: string;
  readonly name: { readonly en: string; readonly es: string };
  readonly reference_share: number;
  readonly current_share: number | null;
  readonly tracks: number;
}

/**
 * Compares a window with what its model was trained on. Pure: the same window gives the same assessment.
 *
 * @param before the assessment of the window before, if there was one: two warnings of the same running are an alert
 */
export function assess(model: Model, tally: Tally, before?: Pick<Assessment, 'findings'>): Assessment {
  const { tracks } = tally;
  const warned = new Set((before?.findings ?? []).filter(({ verdict }) => isTold(verdict)).map(keyOf));
  const compared = [
    ...model.reference.flatMap((reference, j) => featureFindings(reference, tally.features[j]!, tracks)),
    ...segmentFindings(model, tally),
  ].map((one) => ({ one, of: tracks }));
  const findings = [...compared, { one: refusedFinding(tally), of: tracks + tally.refused }].map(
    ({ one, of }): Finding => {
      const finding = judge(one, warned.has(keyOf(one)));
      return of >= LIMITS.leastTracks ? finding : { ...finding, verdict: 'not_enough_data' };
    },
  );
  const features = model.reference.map((_, j) => featureComparison(model, tally, j, findings));
  return {
    model_version: model.version,
    tracks,
    refused: tally.refused,
    verdict: overall(findings, features),
    smallest_visible_shift: leastVisible(features.map((one) => one.smallest_visible_shift)),
    false_alarm_share: FALSE_ALARM_SHARE,
    features,
    segments: model.segments.map(({ cluster_id, segment_id, name, share }, c) => ({
      cluster_id,
      segment_id,
      name,
      reference_share: share,
      current_share: tracks === 0 ? null : tally.segments[c]! / tracks,
      tracks: tally.segments[c]!,
    })),
    findings,
    kinds: kindsOf(model, tally, findings),
  };
}

/** Requests that break the rules: nothing changed in the tracks, but in how they are asked. */
function refusedFinding({ tracks, refused }: Tally): Compared {
  return {
    subject: 'refused',
    measure: 'share',
    ...rareShare(refused, tracks + refused, 0),
    tells: { warn: LIMITS.refusedShare, alert: LIMITS.alert },
  };
}

/** A feature that never varied can't shift by standard deviations, so it has no say in what was visible. */
function overall(findings: readonly Finding[], features: readonly FeatureComparison[]): Verdict {
  const told = worst(findings.map(({ verdict }) => verdict));
  if (isTold(told)) return told;
  return features.some(({ verdict, reference }) => verdict === 'not_enough_data' && reference.sd !== 0)
    ? 'not_enough_data'
    : 'none';
}

function featureComparison(
  { contract, reference }: Model,
  tally: Tally,
  j: number,
  findings: readonly Finding[],
): FeatureComparison {
  const { feature, n, mean, sd } = reference[j]!;
  const current = tally.features[j]!;
  const own = findings.filter(({ subject }) => subject === feature);
  const told = worst(own.map(({ verdict }) => verdict));
  const ofMean = own.find(({ measure }) => measure === 'mean')!;
  return {
    feature,
    unit: contract.features[j]!.unit,
    reference: { n, mean, sd },
    current: {
      n: current.count,
      mean: current.count === 0 ? null : current.mean,
      sd: current.count === 0 ? null : current.sd,
      below: current.below,
      above: current.above,
      left_out: current.left_out,
    },
    smallest_visible_shift: sd === 0 ? null : ofMean.smallest_visible,
    verdict: isTold(told) ? told : ofMean.verdict,
  };
}

function leastVisible(shifts: readonly (number | null)[]): number | null {
  const known = shifts.filter((shift) => shift !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function keyOf({ subject, measure }: Pick<Finding, 'subject' | 'measure'>): string {
  return `${subject} ${measure}`;
}
