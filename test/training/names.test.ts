import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeatureContract, SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { proposeNames } from '#segue/training/names.js';

const names = (contrasts: readonly (readonly number[])[]): string[] =>
  proposeNames(SPOTIFY_FEATURES, contrasts).map(({ en }) => en);

/** A contract of d features, in which features share words in one of the languages. */
const contractOf = (d: number): FeatureContract => ({
  name: 'any',
  version: 1,
  features: Array.from({ length: d }, (_, j) => ({
    ...SPOTIFY_FEATURES.features[0]!,
    high: { en: `high ${j}`, es: `alto ${j % 2}` },
    low: { en: `low ${j}`, es: `bajo ${j % 2}` },
  })),
});

describe('proposeNames', () => {
  it('says the two strongest contrasts, the strongest first, in both languages', () => {
    expect(proposeNames(SPOTIFY_FEATURES, [[0.1, 0.3, -1.2, 0.2, 2]])).toEqual([
      { en: 'Fast, not for dancing', es: 'Rápido, poco bailable' },
    ]);
  });

  it('leaves out what hardly differs, and calls a segment without contrast average', () => {
    expect(
      names([
        [0, 0, 0.9, 0.1, -0.19],
        [0, 0.1, 0, -0.1, 0],
      ]),
    ).toEqual(['Danceable', 'Average']);
  });

  it('adds the next contrast where two segments would share a name, in any order of its words', () => {
    expect(
      names([
        [0, 0, 1, 2, 0.5],
        [0, 0, 2, 1, -0.5],
        [2, 0, 1, 0, 0],
      ]),
    ).toEqual(['Cheerful, danceable, fast', 'Danceable, cheerful, slow', 'Instrumental, danceable']);
  });

  it('numbers segments that no word tells apart', () => {
    expect(
      names([
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ]).at(1),
    ).toMatch(/\(2\)$/);
  });

  it('is unique in both languages for any contrasts and contract', () => {
    const given = fc.integer({ min: 1, max: 8 }).chain((d) =>
      fc.array(fc.array(fc.constantFrom(-2, -1, -0.1, 0, 0.1, 1, 2), { minLength: d, maxLength: d }), {
        minLength: 1,
        maxLength: 12,
      }),
    );
    fc.assert(
      fc.property(given, (contrasts) => {
        const proposed = proposeNames(contractOf(contrasts[0]!.length), contrasts);
        expect(new Set(proposed.map(({ en }) => en)).size).toBe(contrasts.length);
        expect(new Set(proposed.map(({ es }) => es)).size).toBe(contrasts.length);
      }),
    );
  });
});
