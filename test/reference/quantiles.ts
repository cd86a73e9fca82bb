/** Order statistics by sorting, and what is made of them. */

/** As numpy's `quantile` by default (Hyndman and Fan's type 7). */
export function quantile(values: readonly number[], share: number): number {
  const ascending = Float64Array.from(values).toSorted();
  const at = share * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  const part = at - below;
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/** Least, nine inner deciles, largest. */
export function deciles(values: readonly number[]): number[] {
  return Array.from({ length: 11 }, (_, tenth) => quantile(values, tenth / 10));
}

/** Values in each bin; bin b holds edge[b-1] < x <= edge[b]. */
export function countBetween(values: readonly number[], edges: readonly number[]): number[] {
  return Array.from({ length: edges.length + 1 }, (_, bin) => {
    const above = edges[bin - 1] ?? -Infinity;
    const upTo = edges[bin] ?? Infinity;
    return values.filter((value) => value > above && value <= upTo).length;
  });
}
