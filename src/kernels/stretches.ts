import { PART } from './sizes.js';
import type { Team } from './team.js';

/** Figures that all stretches together may leave, so that many segments don't take much memory. */
const MOST_FIGURES = 2 ** 22;

/**
 * Rows per stretch of work: whole parts, so many that `figures` figures a stretch are not too many in all. It depends on the data's
 * shape alone, as the grouping of sums must.
 */
export function stretchOf(rows: number, figures: number): number {
  const stretches = Math.max(1, Math.floor(MOST_FIGURES / Math.max(1, figures)));
  return Math.max(1, Math.ceil(rows / PART / stretches)) * PART;
}

/** Calls `visit` for every stretch that this thread comes to take, with the parts that it is to be read in. */
export function eachStretch(
  rows: number,
  stretch: number,
  team: Team,
  visit: (number: number, parts: { first: number; count: number }[]) => void,
): void {
  for (let number = team.claim(); number * stretch < rows; number = team.claim()) {
    const end = Math.min(rows, (number + 1) * stretch);
    const parts = [];
    for (let first = number * stretch; first < end; first += PART) {
      parts.push({ first, count: Math.min(PART, end - first) });
    }
    visit(number, parts);
  }
}
