import type { SegmentMatch } from './match.js';

/**
 * Colours of segments, sRGB. The first six are Okabe and Ito's, made for every kind of colour vision; the six after them are those of
 * other such sets (Tol, Krzywinski) that stay farthest from them and from each other. A test simulates the three kinds of colour
 * blindness (Machado et al. 2009).
 */
export const SEGMENT_COLOURS = [
  '#0072B2',
  '#E69F00',
  '#009E73',
  '#CC79A7',
  '#56B4E9',
  '#D55E00',
  '#A40122',
  '#1B4F72',
  '#8400CD',
  '#008DF9',
  '#882255',
  '#AA4499',
] as const;

/**
 * Gives every segment its colour, as a position in SEGMENT_COLOURS: that of the earlier segment which it continues; else the first that
 * fewest others have, those of segments that are no more included, so that a new segment doesn't look like an old one.
 *
 * @param earlier colours of the earlier model's segments, by their number
 */
export function colourSegments(matches: readonly SegmentMatch[], earlier: readonly number[]): number[] {
  const own = matches.map((match) => (match.event === 'born' ? undefined : earlier[match.from]));
  const taken = SEGMENT_COLOURS.map(() => 0);
  for (const colour of [...own, ...earlier]) if (colour !== undefined) taken[colour]! += 1;
  return own.map((colour) => {
    if (colour !== undefined) return colour;
    const free = taken.indexOf(Math.min(...taken));
    taken[free]! += 1;
    return free;
  });
}

/** The colour of a segment; one from before segments had colours is coloured by its number. */
export function colourOf({
  cluster_id,
  colour,
}: {
  cluster_id: number;
  colour?: number | undefined;
}): number {
  return colour ?? cluster_id % SEGMENT_COLOURS.length;
}
