/** Silhouettes by their definitions, written down as plainly as they can be: what the kernels are held against. */

type Points = readonly (readonly number[])[];

export type Distance = (a: readonly number[], b: readonly number[]) => number;

export function squareBetween(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}

/** Whatever the size of the gaps: no square is too large or too small for a double. */
export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, j) => value - b[j]!));
}

/** Silhouette of every row (Rousseeuw, 1987), from any distance between rows. */
export function silhouettes(rows: Points, labels: readonly number[], distance: Distance): number[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return rows.map((row, i) => {
    const own = labels[i]!;
    if (sizes.get(own) === 1) return 0;
    const sums = new Map([...sizes.keys()].map((segment) => [segment, 0]));
    rows.forEach((other, o) => sums.set(labels[o]!, sums.get(labels[o]!)! + distance(row, other)));
    const others = [...sizes.keys()].filter((segment) => segment !== own);
    const between = Math.min(...others.map((segment) => sums.get(segment)! / sizes.get(segment)!));
    return score(sums.get(own)! / (sizes.get(own)! - 1), between);
  });
}

/** The simplified form: distances to centroids. */
export function simplifiedSilhouettes(rows: Points, labels: readonly number[], centroids: Points): number[] {
  return rows.map((row, i) => {
    if (labels.filter((label) => label === labels[i]).length === 1) return 0;
    const others = [...new Set(labels)].filter((label) => label !== labels[i]);
    const distanceTo = (segment: number): number => distanceBetween(row, centroids[segment]!);
    return score(distanceTo(labels[i]!), Math.min(...others.map(distanceTo)));
  });
}

function score(within: number, between: number): number {
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}
