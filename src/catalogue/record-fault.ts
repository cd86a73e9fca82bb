import { RECORD, type RecordCode } from './record.js';

/** What a record's number of fields is followed by where it is wrong. */
export function wrongFieldCount(expected: number): string {
  return ` fields where the header has ${expected}`;
}

/** Why a record isn't a row, for people; undefined for a row. */
export function faultOf(code: RecordCode, fields: number, expected: number): string | undefined {
  switch (code) {
    case RECORD.tidy:
    case RECORD.tidyWithReturn:
    case RECORD.untidy:
      return undefined;
    case RECORD.wrongFieldCount:
      return `${fields}${wrongFieldCount(expected)}`;
    case RECORD.openQuote:
      return 'a quote that is never closed';
    case RECORD.textAfterQuote:
      return 'text after a closing quote';
    case RECORD.tooLong:
      return 'a record of more than 1 MiB';
    case RECORD.nulByte:
      return 'a NUL byte';
    case RECORD.notUtf8:
      return 'bytes that are not UTF-8';
    default:
      code satisfies never;
      return undefined;
  }
}
