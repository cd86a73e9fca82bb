import type { FeatureContract } from '../features/contract.js';
import { type ColumnMapping, mapColumns } from './column-mapping.js';
import { splitFields } from './fields.js';
import { newScan, RECORD } from './record.js';
import { recordScanner } from './scan-record.js';

/** What the first lines of a text tell of its layout. */
export interface TextHeader {
  readonly delimiter: string;
  /** Names of all fields of a row; '' for one that the header leaves out. */
  readonly names: readonly string[];
  readonly mapping: ColumnMapping;
  /** Whether the header is one line, the first, and ends like a tidy record. */
  readonly tidy: boolean;
  /** Whether any row stands behind it in the bytes looked at. */
  readonly rowsSeen: number;
  /** Whether most of the rows seen have the same number of fields. */
  readonly regular: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const ROWS_LOOKED_AT = 200;

/**
 * Reads the header of delimited text: the delimiter is the one that gives the most known columns, and then the most columns.
 *
 * @param head the beginning of the text, without a byte order mark
 * @param whole whether that is all of it
 * @returns undefined if there is nothing but empty lines
 */
export function readHeader(head: Buffer, whole: boolean, contract: FeatureContract): TextHeader | undefined {
  const readings = DELIMITERS.map((delimiter) => readWith(delimiter, head, whole, contract)).filter(
    (reading) => reading !== undefined,
  );
  return readings.reduce<TextHeader | undefined>(
    (best, reading) => (best === undefined || rank(reading) > rank(best) ? reading : best),
    undefined,
  );
}

function rank({ mapping, names }: TextHeader): number {
  return mapping.positions.size * 1e6 + names.length;
}

function readWith(
  delimiter: string,
  head: Buffer,
  whole: boolean,
  contract: FeatureContract,
): TextHeader | undefined {
  const scanner = recordScanner(delimiter.charCodeAt(0));
  const scan = newScan();
  let header: string[] | undefined;
  let tidy = false;
  const counts = new Map<number, number>();
  let lastIsEmpty = 0;
  let rowsSeen = 0;
  for (let at = 0; at < head.length && rowsSeen < ROWS_LOOKED_AT; at = scan.next) {
    if (!scanner(head, at, head.length, whole, scan)) break;
    if (scan.end === at) continue;
    const record = head.toString('utf8', at, scan.end);
    if (header === undefined) {
      header = splitFields(record, delimiter);
      tidy = at === 0 && scan.code === RECORD.tidy && scan.lines === 1;
    } else if (scan.code <= RECORD.untidy) {
      counts.set(scan.fields, (counts.get(scan.fields) ?? 0) + 1);
      if (record.endsWith(delimiter)) lastIsEmpty += 1;
      rowsSeen += 1;
    } else {
      rowsSeen += 1;
    }
  }
  if (header === undefined) return undefined;
  const names = fitToRows(header, counts, lastIsEmpty);
  return {
    delimiter,
    names,
    mapping: mapColumns(names, contract),
    tidy,
    rowsSeen,
    regular: (counts.get(names.length) ?? 0) * 2 > rowsSeen,
  };
}

/**
 * Names for every field of a row where the rows, by majority, have one field more than the header (R writes row names without a
 * header; some programs end each row with a delimiter) or one fewer than a header that ends with a delimiter.
 */
function fitToRows(
  header: readonly string[],
  counts: ReadonlyMap<number, number>,
  lastIsEmpty: number,
): string[] {
  const same = counts.get(header.length) ?? 0;
  const more = counts.get(header.length + 1) ?? 0;
  const fewer = counts.get(header.length - 1) ?? 0;
  if (more > same) return lastIsEmpty >= more ? [...header, ''] : ['', ...header];
  if (fewer > same && header.at(-1)?.trim() === '') return header.slice(0, -1);
  return [...header];
}
