import { type Corner, LARGEST } from './places.ts';

/** Corners that an address holds. */
const MOST_CORNERS = 80;

const POLYGON = /^-?\d{1,6}\.-?\d{1,6}(_-?\d{1,6}\.-?\d{1,6}){2,}$/;

/**
 * A polygon as an address holds it: `x.y` of each corner, in steps of the grid that points lie on, with `_` between corners. Of a long line
 * corners at even distances are kept: what is chosen is what lies in the polygon of the address, so that a link chooses the same.
 */
export function aroundText(corners: readonly Corner[]): string {
  const step = Math.max(1, corners.length / MOST_CORNERS);
  const kept = Array.from(
    { length: Math.min(corners.length, MOST_CORNERS) },
    (_, i) => corners[Math.floor(i * step)]!,
  );
  return kept.map((corner) => corner.map((part) => Math.floor(part * LARGEST)).join('.')).join('_');
}

/** The polygon of an address, its corners between the points of the grid: none lies on an edge along it. Undefined for what isn't one. */
export function aroundIn(text: string | null): readonly Corner[] | undefined {
  if (text === null || !POLYGON.test(text)) return undefined;
  return text.split('_').map((corner) => {
    const [x = 0, y = 0] = corner.split('.').map((part) => (Number(part) + 0.5) / LARGEST);
    return [x, y];
  });
}
