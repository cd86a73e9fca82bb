/** Rows by the segments that two segmentations put them into. */
export function crossTable(a: ArrayLike<number>, b: ArrayLike<number>, ka: number, kb: number): number[][] {
  const table = Array.from({ length: ka }, () => Array.from({ length: kb }, () => 0));
  for (let i = 0; i < a.length; i += 1) table[a[i]!]![b[i]!]! += 1;
  return table;
}

/**
 * How far two segmentations of the same rows agree: 1 for the same one, 0 for as much as chance gives (Hubert and Arabie, "Comparing
 * partitions", 1985; scikit-learn's `adjusted_rand_score`).
 */
export function adjustedRand(table: readonly (readonly number[])[]): number {
  const sizes = table.map(sum);
  const others = (table[0] ?? []).map((_, c) => sum(table.map((row) => row[c]!)));
  const together = sum(table.flat().map(pairs));
  const [inA, inB, all] = [sum(sizes.map(pairs)), sum(others.map(pairs)), pairs(sum(sizes))];
  const chance = all === 0 ? 0 : (inA * inB) / all;
  const most = (inA + inB) / 2;
  return most === chance ? 1 : (together - chance) / (most - chance);
}

/** Of each segment of the first: the largest Jaccard index with one of the second. 0 for a segment without rows. */
export function bestJaccards(table: readonly (readonly number[])[]): number[] {
  const others = (table[0] ?? []).map((_, c) => sum(table.map((row) => row[c]!)));
  return table.map((row) => {
    const size = sum(row);
    return Math.max(...row.map((both, c) => (both === 0 ? 0 : both / (size + others[c]! - both))));
  });
}

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
