import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, failedRules, type GateEvidence, reasonsOf } from '#segue/gate/decision.js';
import { DEFAULT_POLICY } from '#segue/gate/policy.js';

const chance = { mean: 0.34, sd: 0.005, times: 20 };
const halves = { mean: 0.9, sd: 0.03, times: 10 };

const evidence: GateEvidence = {
  version: 'm-new',
  k: 5,
  evidence: {
    sample: 4000,
    explained: 0.4,
    production: null,
    chance,
    productionChance: null,
    halves,
    recovery: [0.9, 0.7, 0.95, 0.8, 0.99],
  },
  golden: { rows: 4000, equal: 4000 },
  churn: null,
  silhouette: { metric: 'silhouette_euclidean', value: 0.25 },
  smallestSegment: { cluster_id: 4, share: 0.023 },
  production: null,
};

const production = (value: number, comparable = true): GateEvidence => ({
  ...evidence,
  production: {
    version: 'm-old',
    k: 5,
    silhouette: { metric: 'silhouette_euclidean', value },
    comparable,
    halves: 0.92,
  },
});

const verdicts = (given: GateEvidence, policy = DEFAULT_POLICY): Record<string, string> =>
  Object.fromEntries(decide(given, policy).rules.map((rule) => [rule.rule, rule.verdict]));

describe('gate', () => {
  it('accepts a first model within the limits and says why a rule did not apply', () => {
    expect(decide(evidence, DEFAULT_POLICY)).toMatchObject({ verdict: 'accepted', production: null });
    expect(verdicts(evidence)).toEqual({
      silhouette_floor: 'pass',
      silhouette_drop: 'not_applicable',
      lift: 'pass',
      lift_drop: 'not_applicable',
      split_halves: 'not_applicable',
      recovery: 'pass',
      smallest_segment: 'pass',
      churn: 'not_applicable',
      golden_predictions: 'pass',
    });
  });

  it("refuses at the specification's example of 0.35 and gives value and limit in a sentence", () => {
    const decision = decide(evidence, { ...DEFAULT_POLICY, minSilhouette: 0.35 });
    expect(decision.verdict).toBe('refused');
    expect(reasonsOf(decision)).toEqual([
      'silhouette_euclidean is 0.2500; the limit is 0.3500, the least that the policy allows.',
    ]);
  });

  it('compares with production: 10 % below passes, more fails', () => {
    expect(verdicts(production(0.2777))['silhouette_drop']).toBe('pass');
    expect(verdicts(production(0.2779))['silhouette_drop']).toBe('fail');
  });

  it('does not compare scores of different feature spaces', () => {
    expect(verdicts(production(0.9, false))['silhouette_drop']).toBe('not_applicable');
  });

  it('does not compare with a model that it cannot read, and says so', () => {
    const unread = { version: 'm-old', k: null, silhouette: null, comparable: false, halves: null };
    const decision = decide({ ...evidence, production: unread }, DEFAULT_POLICY);
    expect(decision).toMatchObject({ verdict: 'accepted', production: 'm-old' });
    expect(decision.rules.find(({ rule }) => rule === 'silhouette_drop')).toMatchObject({
      verdict: 'not_applicable',
      explanation: "Production (m-old) was trained by another release, so its Silhouette can't be compared.",
    });
  });

  it('refuses an outlier detector posing as a segment', () => {
    const tiny = { ...evidence, smallestSegment: { cluster_id: 4, share: 0.0199 } };
    expect(reasonsOf(decide(tiny, DEFAULT_POLICY))).toEqual([
      'share_of_segment_4 is 0.0199; the limit is 0.0200, the least share of the training rows.',
    ]);
  });

  it('refuses a figure that could not be computed', () => {
    const unknown = { ...evidence, silhouette: { metric: 'silhouette_euclidean', value: Number.NaN } };
    expect(failedRules(decide(unknown, DEFAULT_POLICY))).toMatchObject([
      { rule: 'silhouette_floor', value: null },
    ]);
  });

  it('is refused exactly when some value lies below its limit', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const score = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, share, score, (value, smallest, old) => {
        const given = {
          ...production(old),
          silhouette: { metric: 'silhouette_euclidean', value },
          smallestSegment: { cluster_id: 0, share: smallest },
        };
        const refused = value < 0.2 || value < old - 0.1 * Math.abs(old) || smallest < 0.02;
        expect(decide(given, DEFAULT_POLICY).verdict).toBe(refused ? 'refused' : 'accepted');
      }),
    );
  });

  it.each([
    ['too little lift', { explained: 0.369 }, 'lift', /lift_sampled_4000 is 0.0290; the limit is 0.0300/],
    [
      'a lift that chance may give',
      { chance: { ...chance, sd: 0.03 } },
      'lift',
      /limit is 0.0900, 3 standard deviations/,
    ],
    [
      'much less lift than production has',
      { production: 0.45, productionChance: chance },
      'lift_drop',
      /0.0600; the limit is 0.0900/,
    ],
  ])('refuses %s', (_what, differently, rule, sentence) => {
    const decision = decide(
      { ...evidence, evidence: { ...evidence.evidence!, ...differently } },
      DEFAULT_POLICY,
    );
    expect(failedRules(decision)).toMatchObject([{ rule }]);
    expect(reasonsOf(decision)[0]).toMatch(sentence);
  });

  it('says how far each segment can be trusted, and refuses one that cannot only where the policy says so', () => {
    const lost = { ...evidence, evidence: { ...evidence.evidence!, recovery: [0.9, 0.49, 0.7, 0.8, 0.55] } };
    expect(decide(lost, DEFAULT_POLICY)).toMatchObject({
      verdict: 'accepted',
      stability: ['highly stable', 'dissolved', 'a pattern', 'stable', 'doubtful'].map((stability) => ({
        stability,
      })),
    });
    expect(reasonsOf(decide(lost, { ...DEFAULT_POLICY, minRecovery: 0.6 }))).toEqual([
      'jaccard_of_segment_1_in_resamples_sampled_4000 is 0.4900; the limit is 0.6000, below which a segment is not to be trusted.',
    ]);
  });

  it('refuses halves that agree less than production’s did, once that is sure', () => {
    const agree = (mean: number): GateEvidence => ({
      ...production(0.25),
      evidence: { ...evidence.evidence!, halves: { ...halves, mean } },
    });
    expect(verdicts(agree(0.87))['split_halves']).toBe('pass');
    expect(verdicts(agree(0.86))['split_halves']).toBe('pass'); // its interval reaches the limit of 0.87
    expect(verdicts(agree(0.84))['split_halves']).toBe('fail');
    expect(verdicts({ ...agree(0.84), k: 6 })['split_halves']).toBe('not_applicable');
  });

  it('refuses that many tracks move, names the moves and how a person approves them', () => {
    const moving = (kept_share: number): GateEvidence => ({
      ...production(0.25),
      churn: { rows: 100, kept_share, moves: [{ from: 3, to: 1, rows: 9 }] },
    });
    expect(verdicts(moving(0.9))['churn']).toBe('pass');
    expect(reasonsOf(decide(moving(0.89), DEFAULT_POLICY))).toEqual([
      'share_of_tracks_that_move is 0.1100; the limit is 0.1000, the most that may change their segment. The largest moves: 9 % from ' +
        "production's segment 3 to 1. A person may approve this: segue models promote m-new --override --by NAME --reason TEXT.",
    ]);
    expect(verdicts({ ...moving(0.5), k: 6 })['churn']).toBe('not_applicable');
  });

  it('refuses a stored model that predicts otherwise than the trainer', () => {
    expect(verdicts({ ...evidence, golden: { rows: 4000, equal: 3999 } })['golden_predictions']).toBe('fail');
    expect(verdicts({ ...evidence, golden: { rows: 0, equal: 0 } })['golden_predictions']).toBe('fail');
  });

  it('says that too few rows tell nothing', () => {
    const { rules, verdict } = decide({ ...evidence, evidence: null }, DEFAULT_POLICY);
    expect(verdict).toBe('accepted');
    expect(rules.filter(({ explanation }) => explanation.startsWith('There are too few'))).toHaveLength(4);
  });
});
