import type { Workplace } from './lloyd.js';

export interface FarRow {
  readonly square: number;
  readonly label: number;
  /** x - mean of every feature. */
  readonly gaps: readonly number[];
}

/** The `count` rows that lie farthest from the centroid of their segment, farthest first, ties to the earlier row. Seldom needed. */
export function farthestRows(
  { blocks, shards }: Workplace,
  centroids: readonly (readonly number[])[],
  count: number,
): FarRow[] {
  const d = blocks.features;
  const found: FarRow[] = [];
  for (const { memory, floats, values, labels, mean, sd, rows } of shards) {
    const labelOf = new Uint16Array(memory.buffer, labels, rows);
    for (let row = 0; row < rows; row++) {
      const at = values / 8 + row * d;
      const label = labelOf[row]!;
      const centroid = centroids[label]!;
      let square = 0;
      for (let j = 0; j < d; j++) {
        const gap = (floats[at + j]! - floats[mean / 8 + j]!) / floats[sd / 8 + j]! - centroid[j]!;
        square += gap * gap;
      }
      if (found.length === count && square <= found.at(-1)!.square) continue;
      const gaps = Array.from({ length: d }, (_, j) => floats[at + j]! - floats[mean / 8 + j]!);
      const place = found.findIndex((other) => square > other.square);
      found.splice(place === -1 ? found.length : place, 0, { square, label, gaps });
      if (found.length > count) found.pop();
    }
  }
  return found;
}
