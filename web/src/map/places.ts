import type { MapView } from './draw.ts';

export type Corner = readonly [number, number];

/** What a point's number stands for the edge of the map. */
export const LARGEST = 65_535;

/** Points that an extent is taken from at most. */
const SAMPLE = 50_000;

/** What shows nearly all points: outliers don't make the rest small. */
export function wholeOf(points: Uint16Array): MapView {
  const rows = points.length / 2;
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const extent = (from: number): Corner => {
    const sample = Uint16Array.from(
      { length: Math.floor(rows / step) },
      (_, i) => points[from + i * step]!,
    ).toSorted();
    const at = (share: number): number => (sample[Math.round(share * (sample.length - 1))] ?? 0) / LARGEST;
    return [at(0.002), at(0.998)];
  };
  const [left, right] = extent(0);
  const [low, high] = extent(rows);
  const longer = Math.max(right - left, high - low, 0.01);
  return { x: (left + right) / 2, y: (low + high) / 2, zoom: 0.92 / longer };
}

/** The median place of each segment's points: outliers don't pull the name away. */
export function centresOf(points: Uint16Array, segmentRows: readonly number[]): readonly Corner[] {
  const rows = points.length / 2;
  const median = (from: number, to: number): number => {
    const sorted = points.slice(from, to).toSorted();
    return (sorted[sorted.length >> 1] ?? LARGEST / 2) / LARGEST;
  };
  return segmentRows
    .slice(0, -1)
    .map((from, i) => [median(from, segmentRows[i + 1]!), median(rows + from, rows + segmentRows[i + 1]!)]);
}

export interface Label {
  readonly text: string;
  readonly left: number;
  readonly top: number;
}

/** Height of a label and mean width of its letters, in pixels. */
const [HEIGHT, LETTER] = [17, 7.4];

/** Moves labels down until none lies on another. */
export function apart(labels: readonly Label[]): readonly Label[] {
  const placed: Label[] = [];
  for (const label of labels.toSorted((a, b) => a.top - b.top)) {
    let { top } = label;
    for (const other of placed.toSorted((a, b) => a.top - b.top)) {
      const near = ((label.text.length + other.text.length) / 2) * LETTER;
      if (Math.abs(other.left - label.left) < near && top < other.top + HEIGHT && top > other.top - HEIGHT)
        top = other.top + HEIGHT;
    }
    placed.push({ ...label, top });
  }
  return placed;
}
