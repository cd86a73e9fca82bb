import { LARGEST } from './places.ts';

/** Finds points by place: the map's points in the cells of a grid. */
export interface PointFinder {
  /** Row of the nearest point within a distance (in parts of the map's width); undefined where there is none. */
  nearest(x: number, y: number, within: number): number | undefined;
  /** Rows of the points inside a polygon; its corners in parts of the map's width. */
  inside(corners: readonly (readonly [number, number])[]): number[];
}

const CELLS = 256;

/** @param points x of every track, then y of every track: 0 to 65535 */
export function pointFinder(points: Uint16Array): PointFinder {
  const rows = points.length / 2;
  const cellOf = (row: number): number => (points[row]! >> 8) + CELLS * (points[rows + row]! >> 8);
  const ends = new Uint32Array(CELLS * CELLS + 1);
  for (let row = 0; row < rows; row += 1) ends[cellOf(row) + 1]! += 1;
  for (let cell = 0; cell < CELLS * CELLS; cell += 1) ends[cell + 1]! += ends[cell]!;
  const next = ends.slice();
  const sorted = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const cell = cellOf(row);
    sorted[next[cell]!] = row;
    next[cell]! += 1;
  }
  const cellAt = (part: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor(part * CELLS)));
  return {
    nearest(x, y, within) {
      let best: number | undefined;
      let least = within * within;
      for (let v = cellAt(y - within); v <= cellAt(y + within); v += 1) {
        for (let u = cellAt(x - within); u <= cellAt(x + within); u += 1) {
          for (let i = ends[u + CELLS * v]!; i < ends[u + CELLS * v + 1]!; i += 1) {
            const row = sorted[i]!;
            const [dx, dy] = [points[row]! / LARGEST - x, points[rows + row]! / LARGEST - y];
            const square = dx * dx + dy * dy;
            if (square <= least) [best, least] = [row, square];
          }
        }
      }
      return best;
    },
    inside(corners) {
      const found: number[] = [];
      for (let row = 0; row < rows; row += 1)
        if (isInside(points[row]! / LARGEST, points[rows + row]! / LARGEST, corners)) found.push(row);
      return found;
    },
  };
}

/** Even-odd rule: a ray from the point crosses the edges an odd number of times. */
function isInside(x: number, y: number, corners: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  let [ax, ay] = corners.at(-1) ?? [0, 0];
  for (const [bx, by] of corners) {
    if (ay > y !== by > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
    [ax, ay] = [bx, by];
  }
  return inside;
}
