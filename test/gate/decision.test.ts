import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type GateEvidence, reasonsOf } from '#segue/gate/decision.js';
import { DEFAULT_POLICY } from '#segue/gate/policy.js';

const evidence: GateEvidence = {
  version: 'm-new',
  silhouette: { metric: 'silhouette_euclidean', value: 0.25 },
  smallestSegment: { cluster_id: 4, share: 0.023 },
  production: null,
};

const production = (value: number, comparable = true): GateEvidence => ({
  ...evidence,
  production: { version: 'm-old', silhouette: { metric: 'silhouette_euclidean', value }, comparable },
});

const verdicts = (given: GateEvidence, policy = DEFAULT_POLICY): Record<string, string> =>
  Object.fromEntries(decide(given, policy).rules.map((rule) => [rule.rule, rule.verdict]));

describe('gate', () => {
  it('accepts a first model within the limits and says why a rule did not apply', () => {
    expect(decide(evidence, DEFAULT_POLICY)).toMatchObject({ verdict: 'accepted', production: null });
    expect(verdicts(evidence)).toEqual({
      silhouette_floor: 'pass',
      silhouette_drop: 'not_applicable',
      smallest_segment: 'pass',
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
    const unread = { version: 'm-old', silhouette: null, comparable: false };
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
    expect(decide(unknown, DEFAULT_POLICY)).toMatchObject({
      verdict: 'refused',
      rules: [{ value: null }, {}, {}],
    });
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
});
