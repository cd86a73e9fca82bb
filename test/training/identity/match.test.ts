import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchSegments } from '#segue/training/identity/match.js';
import { bornId, identify, SEGMENT_ID_PATTERN } from '#segue/training/identity/segment-id.js';

const still = (shared: readonly (readonly number[])[]): number[][] => shared.map((row) => row.map(() => 0));

describe('matchSegments', () => {
  it('follows segments that were numbered in another way', () => {
    const shared = [
      [0, 90, 10],
      [5, 0, 200],
      [60, 0, 0],
    ];
    expect(matchSegments({ shared, moves: still(shared) }, 3)).toEqual([
      { event: 'continued', from: 2, jaccard: 60 / 65 },
      { event: 'continued', from: 0, jaccard: 90 / 100 },
      { event: 'continued', from: 1, jaccard: 200 / 215 },
    ]);
  });

  it('calls a segment changed from 0.3 to 0.5, and below that new', () => {
    const shared = (both: number, others: number): number[][] => [
      [both, others],
      [0, 1000],
    ];
    const eventOf = (both: number, others: number) =>
      matchSegments({ shared: shared(both, others), moves: still(shared(both, others)) }, 2)[0];
    expect(eventOf(50, 50)).toEqual({ event: 'continued', from: 0, jaccard: 0.5 });
    expect(eventOf(49, 51)).toEqual({ event: 'changed', from: 0, jaccard: 0.49 });
    expect(eventOf(30, 70)).toEqual({ event: 'changed', from: 0, jaccard: 0.3 });
    expect(eventOf(29, 71)).toEqual({ event: 'born' });
  });

  it('does not give a good match up for pairs that are none', () => {
    // 100/180 once is less than 40/140 twice, but 40/140 is no match
    const shared = [
      [100, 40],
      [40, 0],
    ];
    expect(matchSegments({ shared, moves: still(shared) }, 2)).toEqual([
      { event: 'continued', from: 0, jaccard: 100 / 180 },
      { event: 'born' },
    ]);
  });

  it('breaks ties by how far the centroids moved', () => {
    const shared = [
      [50, 50],
      [50, 50],
    ];
    const near = [
      [0.1, 2],
      [2, 0.1],
    ];
    const froms = (moves: number[][]) => matchSegments({ shared, moves }, 2).map((match) => ({ ...match }));
    expect(froms(near)).toMatchObject([{ from: 0 }, { from: 1 }]);
    expect(froms(near.toReversed())).toMatchObject([{ from: 1 }, { from: 0 }]);
  });

  it('bears other numbers of segments, empty ones, and no parent', () => {
    const split = [[40, 60, 0]];
    expect(matchSegments({ shared: split, moves: still(split) }, 3).map(({ event }) => event)).toEqual([
      'born',
      'continued',
      'born',
    ]);
    const merged = [[60], [40], [0]];
    expect(matchSegments({ shared: merged, moves: still(merged) }, 1)).toMatchObject([{ from: 0 }]);
    expect(matchSegments({ shared: [], moves: [] }, 2)).toEqual([{ event: 'born' }, { event: 'born' }]);
  });

  it('says the same of the same segments, however they are numbered', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 });
    const counts = fc.array(fc.array(fc.nat(500), { minLength: 5, maxLength: 5 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(counts, order, (shared, numbers) => {
        const moves = shared.map((row, p) => row.map((_, c) => 1 + p + 7 * c + ((p * c) % 3) / 10));
        const plain = matchSegments({ shared, moves }, 5);
        const renumber = (rows: number[][]): number[][] => rows.map((row) => numbers.map((c) => row[c]!));
        const again = matchSegments({ shared: renumber(shared), moves: renumber(moves) }, 5);
        const total = (matches: typeof plain): number =>
          matches.reduce((sum, match) => sum + ('jaccard' in match ? match.jaccard : 0), 0);
        expect(total(again)).toBeCloseTo(total(plain), 9);
      }),
      { numRuns: 300 },
    );
  });
});

describe('permanent ids', () => {
  const birth = { cleaned_data_hash: 'a'.repeat(64), seed: 42, parent: null };
  const centroids = [
    [0, 1],
    [0, 1],
    [2, 3],
  ];

  it('are the same for the same training, and differ otherwise', () => {
    const id = bornId(birth, 0, [0, 1]);
    expect(id).toMatch(new RegExp(SEGMENT_ID_PATTERN));
    expect(bornId({ ...birth }, 0, [0, 1])).toBe(id);
    const others = [
      bornId(birth, 1, [0, 1]),
      bornId(birth, 0, [0, 1 + Number.EPSILON]),
      bornId({ ...birth, seed: 43 }, 0, [0, 1]),
      bornId({ ...birth, parent: 'b'.repeat(64) }, 0, [0, 1]),
      bornId({ ...birth, cleaned_data_hash: 'c'.repeat(64) }, 0, [0, 1]),
    ];
    expect(new Set([id, ...others]).size).toBe(6);
  });

  it('spread over the whole alphabet', () => {
    const ids = Array.from({ length: 2000 }, (_, c) => bornId(birth, c, [c]));
    expect(new Set(ids).size).toBe(2000);
    for (let place = 4; place < 14; place++) {
      expect(new Set(ids.map((id) => id[place])).size, `place ${place}`).toBe(32);
    }
  });

  it('go on where a segment does', () => {
    const matches = [
      { event: 'born' },
      { event: 'continued', from: 1, jaccard: 0.9 },
      { event: 'changed', from: 0, jaccard: 0.4 },
    ] as const;
    expect(identify(matches, ['seg_a', 'seg_b'], birth, centroids)).toEqual([
      { segment_id: bornId(birth, 0, [0, 1]), identity: { event: 'born', from: null, jaccard: null } },
      { segment_id: 'seg_b', identity: matches[1] },
      { segment_id: 'seg_a', identity: matches[2] },
    ]);
  });
});
