/** Shares of the least value, the nine inner deciles and the largest. */
export const DECILES: readonly number[] = Array.from({ length: 11 }, (_, tenth) => tenth / 10);

/** Ranks on both sides of every quantile of so many values, ascending; none of none. */
export function quantileRanks(shares: readonly number[], size: number): number[] {
  if (size === 0) return [];
  const ranks = shares.flatMap((share) => {
    const below = Math.floor(share * (size - 1));
    return [below, Math.min(below + 1, size - 1)];
  });
  return [...new Set(ranks)];
}

/**
 * Quantiles of so many values from those at `quantileRanks`, by linear interpolation (numpy's default; Hyndman and Fan's type 7).
 *
 * @param shares ascending
 */
export function quantilesFrom(values: ArrayLike<number>, shares: readonly number[], size: number): number[] {
  const ranks = quantileRanks(shares, size);
  const valueOf = (rank: number): number => values[ranks.indexOf(rank)]!;
  return shares.map((share) => {
    const at = share * (size - 1);
    const below = Math.floor(at);
    const low = valueOf(below);
    const high = valueOf(Math.min(below + 1, size - 1));
    const part = at - below;
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
  });
}
