const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Quantile of ascending values by linear interpolation (numpy's default; Hyndman and Fan's type 7). */
export function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  const part = at - below;
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

/** Deciles of ascending values: the least, the nine inner ones, the largest. */
export function deciles(ascending: Float64Array): number[] {
  return TENTHS.map((tenth) => quantile(ascending, tenth / 10));
}

/** Rows in each bin: bin b holds edge[b-1] < x <= edge[b], the outer bins reach to infinity. Equal edges leave a bin empty. */
export function countBins(ascending: Float64Array, edges: readonly number[]): number[] {
  const upTo = [...edges.map((edge) => countUpTo(ascending, edge)), ascending.length];
  return upTo.map((count, bin) => count - (upTo[bin - 1] ?? 0));
}

/** How many ascending values are not above `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
