/**
 * A matrix as columns (structure of arrays): `data[j][i]` is feature j of row i. Every column is a view of one shared memory, so that
 * worker threads read it without a copy.
 */
export interface Columns {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array of `rows` doubles per name. */
  readonly data: readonly Float64Array<SharedArrayBuffer>[];
}

/** Columns of zeros, ready to be filled. */
export function allocateColumns(names: readonly string[], rows: number): Columns {
  const bytes = rows * Float64Array.BYTES_PER_ELEMENT;
  const memory = new SharedArrayBuffer(names.length * bytes);
  return { names, rows, data: names.map((_, j) => new Float64Array(memory, j * bytes, rows)) };
}

/** Columns from rows; for small data such as tests and single requests. */
export function columnsFromRows(names: readonly string[], rows: readonly (readonly number[])[]): Columns {
  const columns = allocateColumns(names, rows.length);
  rows.forEach((row, i) => {
    names.forEach((_, j) => {
      columns.data[j]![i] = row[j]!;
    });
  });
  return columns;
}
