import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { churnOf } from '#segue/training/identity/churn.js';
import { kinshipOf } from '#segue/training/identity/kinship.js';
import { matchSegments } from '#segue/training/identity/match.js';

function judged(shared: number[][]) {
  const moves = shared.map((row) => row.map(() => 0));
  const matches = matchSegments({ shared, moves }, shared[0]!.length);
  return { matches, kinship: kinshipOf({ shared }, matches), churn: churnOf({ shared }, matches) };
}

describe('segments of two models', () => {
  it('that share their tracks continue: nothing moves, splits, merges or retires', () => {
    const { kinship, churn } = judged([
      [60, 0],
      [0, 40],
    ]);
    expect(kinship).toEqual({ retired: [], splits: [], merges: [] });
    expect(churn).toEqual({ rows: 100, kept_share: 1, moves: [] });
  });

  it('split: the larger part keeps the id, the tracks of the other move', () => {
    const { matches, kinship, churn } = judged([
      [50, 30, 0],
      [0, 0, 20],
    ]);
    expect(matches.map(({ event }) => event)).toEqual(['continued', 'born', 'continued']);
    expect(kinship).toEqual({ retired: [], splits: [{ from: 0, into: [0, 1] }], merges: [] });
    expect(churn).toEqual({ rows: 100, kept_share: 0.7, moves: [{ from: 0, to: 1, rows: 30 }] });
  });

  it('merge: the id of the larger one goes on, the other retires', () => {
    const { matches, kinship, churn } = judged([
      [50, 0],
      [30, 0],
      [0, 20],
    ]);
    expect(matches[0]).toMatchObject({ event: 'continued', from: 0 });
    expect(kinship).toEqual({ retired: [1], splits: [], merges: [{ from: [0, 1], into: 0 }] });
    expect(churn.kept_share).toBe(0.7);
  });

  it('a splinter is no split', () => {
    expect(judged([[95, 5]]).kinship.splits).toEqual([]);
  });

  it('every track is kept or moves, and every earlier segment goes on or retires', () => {
    const tables = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.array(fc.array(fc.nat(50), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 6,
      }),
    );
    fc.assert(
      fc.property(tables, (shared) => {
        const { matches, kinship, churn } = judged(shared);
        const rows = shared.flat().reduce((sum, count) => sum + count, 0);
        const moved = churn.moves.reduce((sum, move) => sum + move.rows, 0);
        expect(churn.rows).toBe(rows);
        expect(churn.kept_share).toBeCloseTo(rows === 0 ? 1 : 1 - moved / rows, 12);
        const continued = matches.filter(({ event }) => event !== 'born').length;
        expect(continued + kinship.retired.length).toBe(shared.length);
      }),
    );
  });
});
