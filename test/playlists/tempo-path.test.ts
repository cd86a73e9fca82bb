import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByTempo } from '#segue/playlists/tempo-path.js';

interface Case {
  readonly tempos: readonly number[];
  readonly artists: readonly number[];
}

/** Lists in which no artist has more than half of the tracks, rounded up. */
const feasible = fc
  .array(fc.record({ tempo: fc.integer({ min: 400, max: 2500 }), artist: fc.nat(4) }), { maxLength: 60 })
  .map((tracks): Case => {
    const counts = new Map<number, number>();
    const half = Math.ceil(tracks.length / 2);
    const artists = tracks.map(({ artist }, i) => {
      const count = (counts.get(artist) ?? 0) + 1;
      counts.set(artist, count);
      return count > half ? 100 + i : artist;
    });
    return { tempos: tracks.map(({ tempo }) => tempo / 10), artists };
  });

function lengthOf(path: readonly number[], { tempos }: Case): number {
  return path.slice(1).reduce((sum, track, i) => sum + Math.abs(tempos[track]! - tempos[path[i]!]!), 0);
}

function isAllowed(path: readonly number[], { artists }: Case): boolean {
  return path.every((track, i) => i === 0 || artists[track] !== artists[path[i - 1]!]);
}

/** Sorts by tempo; where an artist would follow itself, takes the next other one; undefined where none is left. */
function naive({ tempos, artists }: Case): number[] | undefined {
  const left = tempos.map((_, i) => i).toSorted((a, b) => tempos[a]! - tempos[b]!);
  const path: number[] = [];
  while (left.length > 0) {
    const at = left.findIndex((track) => path.length === 0 || artists[track] !== artists[path.at(-1)!]);
    if (at < 0) return undefined;
    path.push(...left.splice(at, 1));
  }
  return path;
}

const settings = { seed: 20261125, numRuns: 500 };

describe('the order by tempo', () => {
  it('has every track once, and no artist twice in a row', () => {
    fc.assert(
      fc.property(feasible, (list) => {
        const path = orderByTempo(list.tempos, list.artists);
        expect(path.toSorted((a, b) => a - b)).toEqual(list.tempos.map((_, i) => i));
        expect(isAllowed(path, list)).toBe(true);
      }),
      settings,
    );
  });

  it('is never rougher than sorting and repairing', () => {
    fc.assert(
      fc.property(feasible, (list) => {
        const simple = naive(list);
        fc.pre(simple !== undefined);
        expect(lengthOf(orderByTempo(list.tempos, list.artists), list)).toBeLessThanOrEqual(
          lengthOf(simple, list) + 1e-6,
        );
      }),
      settings,
    );
  });

  it('is the sorted one where that is allowed', () => {
    fc.assert(
      fc.property(feasible, ({ tempos }) => {
        const path = orderByTempo(
          tempos,
          tempos.map((_, i) => i),
        );
        expect(path.map((track) => tempos[track])).toEqual(tempos.toSorted((a, b) => a - b));
      }),
      settings,
    );
  });

  it('can be made shorter by no move of a track', () => {
    fc.assert(
      fc.property(feasible, fc.nat(59), fc.nat(59), (list, from, to) => {
        const path = orderByTempo(list.tempos, list.artists);
        fc.pre(from < path.length && to < path.length);
        const moved = path.toSpliced(from, 1).toSpliced(to, 0, path[from]!);
        if (isAllowed(moved, list))
          expect(lengthOf(moved, list)).toBeGreaterThanOrEqual(lengthOf(path, list) - 1e-6);
      }),
      { ...settings, numRuns: 1500 },
    );
  });

  it('refuses what can not be ordered', () => {
    expect(() => orderByTempo([100, 110], [1, 1])).toThrow(RangeError);
    expect(orderByTempo([], [])).toEqual([]);
  });
});
