/** Text as an SQL literal. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of a table or column, quoted so that any text may be one. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A finite double as an SQL literal that reads back the same: 17 significant digits, and an exponent so that no engine takes it for a
 * decimal.
 */
export function doubleLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`no SQL literal for ${value}`);
  const digits = value.toExponential(16);
  return value < 0 ? `(${digits})` : digits;
}

/** Whether a number is neither infinite nor NaN: engines sort NaN behind all numbers. */
export function isFinite(number: string): string {
  return `abs(${number}) <= ${doubleLiteral(Number.MAX_VALUE)}`;
}

/**
 * The path of one existing file as a literal for functions that read globs (`read_csv`, `read_parquet`): characters that mean
 * something in a glob stand for themselves.
 */
export function pathLiteral(path: string): string {
  return textLiteral(path.replace(/[*?[]/g, '[$&]'));
}
