import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { colourSegments, SEGMENT_COLOURS } from '#segue/training/identity/colours.js';
import type { SegmentMatch } from '#segue/training/identity/match.js';

type Triple = readonly [number, number, number];

/** Linear light of an sRGB colour. */
function linear(hex: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const times = (rows: readonly Triple[], v: Triple): Triple =>
  rows.map(([a, b, c]) => a * v[0] + b * v[1] + c * v[2]) as unknown as Triple;

/** Machado, Oliveira, Fernandes 2009, severity 1. */
const SIGHTS: Readonly<Record<string, readonly Triple[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson 2020), times 100. */
function oklab(light: Triple): Triple {
  const shown = light.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    shown,
  ).map(Math.cbrt) as unknown as Triple;
  return times(
    [
      [21.04542553, 79.3617785, -0.40720468],
      [197.79984951, -242.8592205, 45.05937099],
      [2.59040371, 78.27717662, -80.8675766],
    ],
    cones,
  );
}

it.each(Object.entries(SIGHTS))('every two colours differ, for eyes with %s', (_name, sight) => {
  const seen = SEGMENT_COLOURS.map((colour) => oklab(times(sight, linear(colour))));
  const distances = seen.flatMap((a, i) =>
    seen.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  );
  expect(Math.min(...distances)).toBeGreaterThan(5);
});

const match = (from: number | null): SegmentMatch =>
  from === null ? { event: 'born' } : { event: 'continued', from, jaccard: 0.9 };

it('colours follow the segment, and no two of a version are alike while there are enough', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer(),
      (k, kept, seed) => {
        const earlier = colourSegments(
          Array.from({ length: k }, () => match(null)),
          [],
        );
        const born = Math.abs(seed) % (13 - Math.min(kept, k));
        const matches = [...earlier.keys()].slice(0, kept).toReversed().map(match);
        const now = colourSegments([...matches, ...Array.from({ length: born }, () => match(null))], earlier);
        expect(new Set(now).size).toBe(now.length);
        matches.forEach((one, i) => expect(now[i]).toBe('from' in one ? earlier[one.from] : undefined));
      },
    ),
  );
});

it('a new segment doesn’t take the colour of one that has just retired', () => {
  const earlier = colourSegments([match(null), match(null)], []);
  expect(colourSegments([match(0), match(null)], earlier)).toEqual([0, 2]);
});
