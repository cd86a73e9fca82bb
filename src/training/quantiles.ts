const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Ranks on both sides of every decile of so many values, ascending; none of none. */
export function decileRanks(size: number): number[] {
  if (size === 0) return [];
  const ranks = TENTHS.flatMap((tenth) => {
    const below = Math.floor((tenth / 10) * (size - 1));
    return [below, Math.min(below + 1, size - 1)];
  });
  return [...new Set(ranks)];
}

/**
 * Deciles of so many values from those at `decileRanks`: the least, the nine inner ones, the largest, by linear interpolation (numpy's
 * default; Hyndman and Fan's type 7).
 */
export function decilesFrom(values: ArrayLike<number>, size: number): number[] {
  const ranks = decileRanks(size);
  const valueOf = (rank: number): number => values[ranks.indexOf(rank)]!;
  return TENTHS.map((tenth) => {
    const at = (tenth / 10) * (size - 1);
    const below = Math.floor(at);
    const low = valueOf(below);
    const high = valueOf(Math.min(below + 1, size - 1));
    const part = at - below;
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
  });
}
