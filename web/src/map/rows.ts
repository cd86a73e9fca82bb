/** So many of them at most, at even distances: a sample of every part of the map that they come from. */
export function spreadOver<T>(of: readonly T[], most: number): readonly T[] {
  if (of.length <= most) return of;
  return Array.from({ length: most }, (_, i) => of[Math.floor((i * of.length) / most)]!);
}

/** Rows of each segment among sorted rows. */
export function countBySegment(rows: readonly number[], segmentRows: readonly number[]): readonly number[] {
  const counts = segmentRows.slice(1).map(() => 0);
  let segment = 0;
  for (const row of rows) {
    while (row >= segmentRows[segment + 1]!) segment += 1;
    counts[segment]! += 1;
  }
  return counts;
}
