/** A value of a result: SQL's BIGINT and HUGEINT come as bigint, DOUBLE as number, VARCHAR as string. */
export type Cell = string | number | bigint | boolean | null;

/** A block of rows of a result whose columns are all DOUBLE. */
export interface NumberChunk {
  readonly rows: number;
  /** `rows` doubles per column: the engine's own memory, not a copy. */
  readonly columns: readonly Float64Array[];
}

/**
 * What all engines can do: SQL that is said once and means the same in each. Such SQL quotes names as the standard has it (sql.ts), writes
 * numbers by `doubleLiteral`, casts text to STRING, and asks the dialect where there is no common way.
 */
export interface SqlEngine {
  readonly dialect: Dialect;
  /** All rows of a small result, by column name. */
  rows(sql: string): Promise<Record<string, Cell>[]>;
  /**
   * Streams a large result of DOUBLE columns, without holding it whole. A chunk's arrays are valid until the next chunk is asked for.
   *
   * @throws TypeError for a NULL or a column that isn't DOUBLE
   */
  chunks(sql: string): AsyncIterable<NumberChunk>;
  /**
   * The rows of Parquet files, as what stands behind FROM.
   *
   * @param paths of files or folders as the engine knows them, each of which stands for itself
   */
  parquet(paths: readonly string[]): Promise<string>;
}

/** Where engines differ in how a thing is said. */
export interface Dialect {
  textLiteral(text: string): string;
  /**
   * Sums of digests, to name a set of texts: over digits 1 to 15 and 16 to 30 of each md5, as hexadecimal integers, exact.
   *
   * @param text an expression over the rows of `from`
   * @returns a query of one row: `rows`, `lane1`, `lane2`
   */
  digestSums(text: string, from: string): string;
  /** The number that a text stands for, infinities and NaN included; NULL for other texts. */
  number(text: string): string;
  /** The same for texts that `arePlainNumbers`, by what is fastest. */
  plainNumber(text: string): string;
  /** Whether the engine's own reading of texts as numbers can be trusted. */
  arePlainNumbers(texts: readonly string[]): string;
  /** A whole number as a BIGINT. Of others, what it likes, but no error. */
  integer(number: string): string;
  endsWith(text: string, end: string): string;
  /** A text without these characters at either end. */
  trimmed(text: string, characters: string): string;
  /** Whether a text is one of a list; false for NULL. */
  isOneOf(text: string, list: readonly string[]): string;
  /** An expression that fails. */
  failure(message: string): string;
  /**
   * Numbers that differ from query to query where all else stays: an engine that compiles queries compiles one of them.
   *
   * @param from a relation
   * @returns the same rows, and an expression over them for each of the numbers
   */
  withNumbers(
    numbers: readonly number[],
    from: string,
  ): { readonly from: string; readonly expressions: readonly string[] };
}
