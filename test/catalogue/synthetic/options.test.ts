import { describe, expect, it } from 'vitest';
import { syntheticCatalogue } from '#segue/catalogue/synthetic/catalogue.js';
import { DEFAULT_DIRT, DIRT_KINDS, EXPECTED_REASONS } from '#segue/catalogue/synthetic/dirt.js';
import { checkedOptions, type SyntheticOptions } from '#segue/catalogue/synthetic/options.js';

const good: SyntheticOptions = { tracks: 10, seed: 1 };

describe('options of a synthetic catalogue', () => {
  it('fills in the default rates, also where a rate is undefined', () => {
    const dirt = { null: 0.5, comma: undefined };
    expect(checkedOptions({ ...good, dirt })).toEqual({ ...good, dirt: { ...DEFAULT_DIRT, null: 0.5 } });
    expect(checkedOptions(good).dirt).toEqual(DEFAULT_DIRT);
  });

  it.each<[string, Partial<SyntheticOptions>]>([
    ['no tracks', { tracks: 0 }],
    ['half a track', { tracks: 1.5 }],
    ['tracks beyond all bounds', { tracks: 1e12 }],
    ['tracks that are no number', { tracks: Number.NaN }],
    ['a negative seed', { seed: -1 }],
    ['a seed of more than 32 bits', { seed: 2 ** 32 }],
    ['a seed with a fraction', { seed: 0.5 }],
    ['a negative rate', { dirt: { comma: -0.1 } }],
    ['a rate above 1', { dirt: { null: 1.1 } }],
    ['a rate that is no number', { dirt: { quote: Number.NaN } }],
    ['faults in more than all rows', { dirt: { null: 0.6, repeated_id: 0.5 } }],
    ['a kind that there is not', { dirt: { mud: 0.1 } as SyntheticOptions['dirt'] }],
  ])('refuses %s at the call', (_, wrong) => {
    expect(() => syntheticCatalogue({ ...good, ...wrong })).toThrow(
      expect.objectContaining({ code: 'SEGUE_USAGE', exitCode: 2 }),
    );
  });

  it('takes faults in exactly all rows', () => {
    const dirt = { null: 0.1, tempo_zero: 0.2, tempo_300: 0.3, repeated_id: 0.4 };
    expect(checkedOptions({ ...good, dirt }).dirt).toMatchObject(dirt);
  });

  it('names each kind of dirt once, with a sentence for the command line', () => {
    expect(DIRT_KINDS.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(DEFAULT_DIRT).toSorted());
    for (const { description } of DIRT_KINDS) expect(description).toMatch(/^[a-z].*[^.]$/);
    const reasons = DIRT_KINDS.flatMap(({ rejectedAs }) => rejectedAs ?? []);
    expect(new Set(reasons)).toEqual(new Set(EXPECTED_REASONS));
  });
});
