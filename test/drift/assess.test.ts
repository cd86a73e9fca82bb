import { describe, expect, it } from 'vitest';
import { assess } from '#segue/drift/assess.js';
import { lengthOf } from '#segue/drift/counts.js';
import { tallyOf } from '#segue/drift/tally.js';
import { type Model, sealModel } from '#segue/models/format.js';
import { contentOf } from '../models/example.js';
import { tallyFor } from './asking.js';

const all = (value: number): number[] => Array.from({ length: 5 }, () => value);

/** All of its features are far from zero; its segments' shares and distances are made up, so only features are looked at. */
const model: Model = sealModel(contentOf(all(100), all(10), [all(-0.5), all(0.5)]), null);

/** The same, trained on so many tracks that only the window's own chance counts. */
const large = { ...model, reference: model.reference.map((one) => ({ ...one, n: 1_000_000 })) };
const [{ feature }] = model.reference as [Model['reference'][number]];

function meanOf(assessment: ReturnType<typeof assess>, subject = feature) {
  return assessment.findings.find((finding) => finding.subject === subject && finding.measure === 'mean')!;
}

describe('a window', () => {
  it('without a track says nothing, and nothing that JSON can’t hold', () => {
    const assessment = assess(model, tallyOf(model, new Float64Array(lengthOf(model))));
    expect(assessment).toMatchObject({ verdict: 'not_enough_data', tracks: 0, kinds: [] });
    expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment);
    for (const { verdict } of assessment.findings) expect(verdict).toBe('not_enough_data');
  });

  it('of few tracks says that a shift could have been missed', () => {
    const assessment = assess(model, tallyFor(model, 99, { shift: { [feature]: 2 } }));
    expect(assessment.verdict).toBe('not_enough_data');
    expect(assessment.smallest_visible_shift).toBeGreaterThan(0.3);
  });

  it('names the least shift that it would have told of: 3.3 standard errors', () => {
    const { n } = model.reference[0]!;
    const assessment = assess(model, tallyFor(model, 400));
    expect(meanOf(assessment).smallest_visible).toBeCloseTo(3.3 * Math.sqrt(1 / 400 + 1 / n), 12);
  });

  it('warns of a shift that is significant and small, and alerts of a large one', () => {
    expect(meanOf(assess(large, tallyFor(large, 5000, { shift: { [feature]: 0.17 } }))).verdict).toBe('warn');
    expect(meanOf(assess(large, tallyFor(large, 5000, { shift: { [feature]: 0.4 } }))).verdict).toBe('alert');
    expect(meanOf(assess(large, tallyFor(large, 5000, { shift: { [feature]: 0.04 } }))).verdict).toBe('none');
  });

  it('makes two warnings running an alert, of the same only', () => {
    const shifted = tallyFor(large, 5000, { shift: { [feature]: 0.17 } });
    const first = assess(large, shifted);
    expect(meanOf(assess(large, shifted, first)).verdict).toBe('alert');
    const other = assess(large, tallyFor(large, 5000, { shift: { tempo: 0.17 } }));
    expect(meanOf(other, 'tempo').verdict).toBe('warn');
    expect(meanOf(assess(large, shifted, other)).verdict).toBe('warn');
  });
});

describe('the kind of a change', () => {
  it('is a scale where the values lie beyond all that training held', () => {
    const { kinds } = assess(model, tallyFor(model, 1000, { shift: { [feature]: 100 } }));
    expect(kinds).toContainEqual({
      kind: 'scale',
      subject: feature,
      why: expect.stringContaining('100 %') as string,
    });
    expect(kinds.map(({ subject }) => subject)).not.toContain('segments'); // follows from it
  });

  it('is the population where they could have been among them', () => {
    const { kinds } = assess(model, tallyFor(model, 1000, { shift: { [feature]: 0.8 } }));
    expect(kinds).toContainEqual(expect.objectContaining({ kind: 'population', subject: feature }));
  });

  it('is the schema where requests break the rules', () => {
    const tally = { ...tallyFor(model, 500), refused: 400 };
    const { verdict, kinds } = assess(model, tally);
    expect(verdict).toBe('alert');
    expect(kinds).toContainEqual(expect.objectContaining({ kind: 'schema', subject: 'refused' }));
  });
});
