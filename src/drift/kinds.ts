import type { Model } from '../models/format.js';
import type { Finding } from './finding.js';
import { isTold } from './limits.js';
import type { Tally } from './tally.js';

export const KINDS = ['source', 'schema', 'scale', 'population'] as const;

export type Kind = (typeof KINDS)[number];

/** A change that would explain what was found. */
export interface KindFound {
  /**
   * `source`: the tracks come from elsewhere. `schema`: columns or requests have another form. `scale`: a feature has another unit or
   * range. `population`: the tracks themselves are different, which alone is drift.
   */
  readonly kind: Kind;
  readonly subject: string;
  /** In one sentence, in English. */
  readonly why: string;
}

/** Share of values beyond all training rows from which on it isn't other tracks but other units. */
const OTHER_RANGE = 0.5;

/** Factor by which mean and standard deviation both changed, from which on likewise. */
const FACTOR = 3;

/** How far the two factors may be apart, as a logarithm. */
const SAME_FACTOR = 0.2;

/** Explains the findings that are warnings or alerts, each subject once. */
export function kindsOf(model: Model, tally: Tally, findings: readonly Finding[]): readonly KindFound[] {
  const told = findings.filter(({ verdict }) => isTold(verdict));
  const subjects = [...new Set(told.map(({ subject }) => subject))];
  const ofFeatures = subjects.flatMap((subject) => {
    const j = model.reference.findIndex(({ feature }) => feature === subject);
    return j < 0 ? [] : [featureKind(model, tally, j)];
  });
  const others = subjects.filter((subject) => model.reference.every(({ feature }) => feature !== subject));
  return [
    ...ofFeatures,
    ...others.map(
      (subject): KindFound =>
        subject === 'refused'
          ? {
              kind: 'schema',
              subject,
              why: 'Requests break the rules: they have another form than the API asks for.',
            }
          : { kind: 'population', subject, why: SEGMENT_WORDS[subject] ?? 'The tracks differ.' },
    ),
  ].filter(({ kind, subject }) => kind !== 'population' || !explainedByScale(subject, ofFeatures));
}

const SEGMENT_WORDS: Readonly<Record<string, string>> = {
  segments: 'Other shares of the tracks lie in the segments.',
  distance: 'The tracks lie at other distances from their segments.',
  boundary: 'Another share of the tracks could as well be in a second segment.',
  unassigned: 'More tracks are far from every segment.',
};

/** A feature in other units moves tracks among segments too. */
function explainedByScale(subject: string, ofFeatures: readonly KindFound[]): boolean {
  return subject in SEGMENT_WORDS && ofFeatures.some(({ kind }) => kind === 'scale');
}

function featureKind({ reference }: Model, tally: Tally, j: number): KindFound {
  const { feature, mean, sd } = reference[j]!;
  const current = tally.features[j]!;
  const outside = (current.below + current.above) / tally.tracks;
  if (outside > OTHER_RANGE)
    return {
      kind: 'scale',
      subject: feature,
      why: `${Math.round(outside * 100)} % of the values lie beyond all that training held: another unit or range.`,
    };
  const [byMean, bySd] = [Math.log(current.mean / mean), Math.log(current.sd / sd)];
  if (Math.abs(bySd) > Math.log(FACTOR) && Math.abs(byMean - bySd) < SAME_FACTOR)
    return {
      kind: 'scale',
      subject: feature,
      why: `Mean and standard deviation are both ${Math.exp(bySd).toPrecision(2)} times what they were: another unit.`,
    };
  return { kind: 'population', subject: feature, why: `The tracks have other values of ${feature}.` };
}
