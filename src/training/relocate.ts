/**
 * Gives every empty segment the row that lies farthest from its centroid, one row each, farthest first, ties to the lower row; that
 * row leaves its segment's sum. As scikit-learn's `_relocate_empty_clusters_dense`, except that there ties have no rule.
 *
 * @param sums k × width, changed in place
 * @param counts rows per segment, changed in place
 * @param squares squared distance of each row to its centroid
 */
export function relocateEmpty(
  columns: readonly Float64Array[],
  labels: Int32Array,
  squares: Float64Array,
  sums: Float64Array,
  counts: Float64Array,
): void {
  const width = sums.length / counts.length;
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  const farthest = farthestRows(squares, empty.length);
  if (squares[farthest[0]!] === 0) return; // fewer distinct rows than segments: there is nowhere to go
  empty.forEach((segment, i) => {
    const row = farthest[i]!;
    const from = labels[row]!;
    columns.forEach((column, j) => {
      sums[from * width + j]! -= column[row]!;
      sums[segment * width + j] = column[row]!;
    });
    counts[segment] = 1;
    counts[from]!--;
  });
}

/** The `count` rows of the largest values, largest first, ties to the lower row. */
function farthestRows(values: Float64Array, count: number): number[] {
  const rows: number[] = [];
  values.forEach((value, row) => {
    if (rows.length === count && value <= values[rows.at(-1)!]!) return;
    const place = rows.findIndex((other) => value > values[other]!);
    rows.splice(place === -1 ? rows.length : place, 0, row);
    if (rows.length > count) rows.pop();
  });
  return rows;
}
