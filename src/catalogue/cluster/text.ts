import { isUtf8 } from 'node:buffer';
import type { FeatureContract } from '../../features/contract.js';
import { byteSurveyor, utf8Encoding } from '../byte-survey.js';
import { readHeader, type TextHeader } from '../header.js';
import { byteOrderMark } from '../read-records.js';
import { isTable, requireTable } from '../read-text.js';
import { newScan } from '../record.js';
import type { Rule } from '../rules.js';
import { recordScanner } from '../scan-record.js';
import { requireColumns } from '../staged-file.js';
import type { FileHead } from './heads.js';
import { isEmptyLine, isOdd } from './lines.js';
import type { ClusterSource } from './sources.js';

/** A text whose lines the cluster tells. */
export interface ClusterText {
  readonly source: ClusterSource;
  /** Of the source. */
  readonly number: number;
  readonly compressed: boolean;
  readonly sha256: string | null;
  readonly encoding: string;
  readonly header: TextHeader;
  /** Lines up to the end of the header, and what of them isn't a row anyhow. */
  readonly headerLines: number;
  readonly oddInHeader: number;
  readonly emptyInHeader: number;
}

/**
 * What is to become of a text, by its beginning.
 *
 * @returns `here` for a text that must be read on this machine, since its lines are not UTF-8 parted by line feeds; undefined for one with
 *   nothing but empty lines
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_COLUMNS_MISSING
 */
export function textOf(
  source: ClusterSource,
  number: number,
  { bytes, whole, format, sha256, linesReadable }: FileHead,
  contract: FeatureContract,
  rules: readonly Rule[],
): ClusterText | 'here' | undefined {
  const surveyor = byteSurveyor(undefined);
  surveyor.take(bytes);
  const survey = surveyor.survey();
  if (!linesReadable || survey.utf16 !== undefined || survey.returnsOnly) return 'here';
  const text = bytes.subarray(byteOrderMark(bytes, bytes.length));
  const header = readHeader(text, whole, contract);
  if (header === undefined) return whole ? undefined : 'here';
  const isText = isUtf8(text.subarray(0, text.lastIndexOf(0x0a) + 1));
  if (!isText && !isTable(header)) return 'here';
  requireTable(source, header);
  requireColumns(source, header.names, header.mapping, contract, rules);
  return {
    source,
    number,
    compressed: format === 'gzip',
    sha256,
    encoding: utf8Encoding(survey),
    header,
    ...linesOfHeader(text, header.delimiter),
  };
}

function linesOfHeader(
  text: Buffer,
  delimiter: string,
): Pick<ClusterText, 'headerLines' | 'oddInHeader' | 'emptyInHeader'> {
  const scanner = recordScanner(delimiter.charCodeAt(0));
  const scan = newScan();
  let at = 0;
  do {
    const start = at;
    scanner(text, at, text.length, true, scan);
    at = scan.next;
    if (scan.end > start) break;
  } while (at < text.length);
  const head = text.subarray(0, at);
  const lines: Buffer[] = [];
  for (let from = 0; from < head.length; ) {
    const found = head.indexOf(0x0a, from);
    const end = found < 0 ? head.length : found;
    lines.push(head.subarray(from, end));
    from = end + 1;
  }
  return {
    headerLines: lines.length,
    oddInHeader: lines.filter((line) => isOdd(line, delimiter)).length,
    emptyInHeader: lines.filter(isEmptyLine).length,
  };
}
