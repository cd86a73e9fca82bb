/**
 * Pairs rows with columns so that the total cost is least, each row and each column at most once, as many pairs as the smaller side
 * allows. Costs have two levels: the second decides between assignments whose totals on the first are equal.
 *
 * The Hungarian method with shortest augmenting paths (Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse
 * linear assignment problems", 1987), in O(min² · max). It only adds, subtracts and compares, so pairs of numbers, compared in order, serve
 * as costs just as numbers do.
 *
 * @param first whole numbers, so that sums are exact and ties are ties
 * @param second likewise
 * @returns the column of every row, or -1
 */
export function optimalAssignment(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
): number[] {
  const rows = first.length;
  const columns = first[0]?.length ?? 0;
  if (rows > columns) {
    const rowOf = optimalAssignment(transpose(first, columns), transpose(second, columns));
    return first.map((_, row) => rowOf.indexOf(row));
  }
  const rowOf = new Int32Array(columns).fill(-1);
  const prices = { rows: zeros(rows), columns: zeros(columns) };
  for (let row = 0; row < rows; row++) augment(row, { first, second, rowOf, prices });
  return first.map((_, row) => rowOf.indexOf(row));
}

/** One number per level. */
interface Costs {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

interface State {
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
  /** Row of each column; -1 for none yet. */
  readonly rowOf: Int32Array;
  readonly prices: { readonly rows: Costs; readonly columns: Costs };
}

/** Gives a row a column: along the path of least reduced cost, on which earlier rows move to other columns. */
function augment(start: number, { first, second, rowOf, prices }: State): void {
  const columns = rowOf.length;
  const least: Costs = { first: new Float64Array(columns).fill(Infinity), second: new Float64Array(columns) };
  const from = new Int32Array(columns).fill(-1);
  const done = new Uint8Array(columns);
  let row = start;
  let last = -1;
  for (;;) {
    let nearest = -1;
    for (let column = 0; column < columns; column++) {
      if (done[column] === 1) continue;
      const a = first[row]![column]! - prices.rows.first[row]! - prices.columns.first[column]!;
      const b = second[row]![column]! - prices.rows.second[row]! - prices.columns.second[column]!;
      if (isLess(a, b, least.first[column]!, least.second[column]!)) {
        least.first[column] = a;
        least.second[column] = b;
        from[column] = last;
      }
      if (nearest === -1 || comesBefore(least, column, nearest)) nearest = column;
    }
    moveBy(least.first[nearest]!, least.second[nearest]!, { start, rowOf, prices, least, done });
    done[nearest] = 1;
    last = nearest;
    if (rowOf[nearest] === -1) break;
    row = rowOf[nearest]!;
  }
  for (let column = last; column !== -1; column = from[column]!) {
    rowOf[column] = from[column] === -1 ? start : rowOf[from[column]!]!;
  }
}

/** Raises the prices of the rows on the tree of paths, so that one more column costs nothing more to reach. */
function moveBy(
  a: number,
  b: number,
  tree: Pick<State, 'rowOf' | 'prices'> & {
    readonly start: number;
    readonly least: Costs;
    readonly done: Uint8Array;
  },
): void {
  const { start, rowOf, prices, least, done } = tree;
  prices.rows.first[start]! += a;
  prices.rows.second[start]! += b;
  for (let column = 0; column < done.length; column++) {
    if (done[column] === 1) {
      prices.rows.first[rowOf[column]!]! += a;
      prices.rows.second[rowOf[column]!]! += b;
      prices.columns.first[column]! -= a;
      prices.columns.second[column]! -= b;
    } else {
      least.first[column]! -= a;
      least.second[column]! -= b;
    }
  }
}

function comesBefore({ first, second }: Costs, one: number, other: number): boolean {
  return isLess(first[one]!, second[one]!, first[other]!, second[other]!);
}

function isLess(a: number, b: number, otherA: number, otherB: number): boolean {
  return a < otherA || (a === otherA && b < otherB);
}

function zeros(length: number): Costs {
  return { first: new Float64Array(length), second: new Float64Array(length) };
}

function transpose(matrix: readonly (readonly number[])[], columns: number): number[][] {
  return Array.from({ length: columns }, (_, column) => matrix.map((row) => row[column]!));
}
