/** What one record of delimited text turned out to be. Codes up to `untidy` are rows; the others are not. */
export const RECORD = {
  /** As RFC 4180 has it, ended by a line feed or by the end of the file. */
  tidy: 0,
  /** The same, ended by a carriage return and a line feed. */
  tidyWithReturn: 1,
  /** Readable, but with a quote or a carriage return inside an unquoted field, or spaces after a closing quote. */
  untidy: 2,
  wrongFieldCount: 3,
  openQuote: 4,
  textAfterQuote: 5,
  tooLong: 6,
  nulByte: 7,
  notUtf8: 8,
} as const;

export type RecordCode = (typeof RECORD)[keyof typeof RECORD];

/** Longer records are not read as rows: a stray quote mustn't swallow a file, and the SQL engine wants a limit. */
export const MAX_RECORD_BYTES = 1 << 20;

/** Where a record lies. One object serves a whole file, so that a million records leave no garbage. */
export interface Scan {
  code: RecordCode;
  /** Number of fields; 1 for an empty line. */
  fields: number;
  /** End of the record's text, without its line break. */
  end: number;
  /** Start of the next record. */
  next: number;
  /** Physical lines that it takes. */
  lines: number;
  untidy: boolean;
  nul: boolean;
}

export function newScan(): Scan {
  return { code: RECORD.tidy, fields: 1, end: 0, next: 0, lines: 1, untidy: false, nul: false };
}
