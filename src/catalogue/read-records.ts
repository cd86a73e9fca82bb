import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import { breakOff, newScan, RECORD, type RecordScanner, recordScanner, type Scan } from './scan-record.js';

/** How the records of a text in UTF-8 are laid out. */
export interface TextLayout {
  readonly delimiter: string;
  /** Fields that a row must have. */
  readonly fields: number;
  /** Whether some bytes aren't UTF-8, so that every record must be looked at. */
  readonly badBytes: boolean;
}

/** Records that lie in one stretch of bytes, as columns. Valid until the next batch is asked for. */
export interface RecordBatch {
  readonly bytes: Buffer;
  readonly count: number;
  readonly start: Int32Array;
  /** End of the text, without the line break. */
  readonly end: Int32Array;
  /** Physical line on which the record starts, from 1. */
  readonly line: Float64Array;
  readonly fields: Int32Array;
  readonly code: Uint8Array;
  /** Empty lines since the beginning of the file. */
  readonly emptyLines: number;
  /** Bytes of the file read so far. */
  readonly position: number;
}

const CHUNK_BYTES = 4 << 20;
const MAX_LINE_BYTES = 64 << 20;
const BATCH_RECORDS = 1 << 16;

/**
 * Reads the records of a text file behind its header, in order, each exactly once: the rows and what isn't one. Empty lines are no
 * records. This is the authority on where records begin and end; the SQL engine only ever reads text that is tidy by these rules
 * (tidy-text.ts).
 *
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE for a line of more than 64 MiB
 */
export async function* readRecords(
  path: string,
  layout: TextLayout,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const file = await open(path, 'r');
  try {
    yield* recordsOf(file, layout, signal);
  } finally {
    await file.close();
  }
}

async function* recordsOf(
  file: FileHandle,
  layout: TextLayout,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch, void, undefined> {
  const scanner = recordScanner(layout.delimiter.charCodeAt(0));
  const scan = newScan();
  const start = new Int32Array(BATCH_RECORDS);
  const end = new Int32Array(BATCH_RECORDS);
  const line = new Float64Array(BATCH_RECORDS);
  const fields = new Int32Array(BATCH_RECORDS);
  const code = new Uint8Array(BATCH_RECORDS);
  let bytes = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  let limit = 0;
  let position = 0;
  let lineNumber = 1;
  let headerSeen = false;
  let emptyLines = 0;

  for (let last = false; !last; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(bytes, limit, bytes.length - limit, null);
    last = bytesRead === 0;
    limit += bytesRead;
    position += bytesRead;
    let at = position === bytesRead ? byteOrderMark(bytes, limit) : 0;
    let count = 0;
    while (at < limit && scanner(bytes, at, limit, last, scan)) {
      const empty = scan.end === at;
      if (headerSeen && !empty) {
        judge(bytes, at, limit, layout, scanner, scan);
        start[count] = at;
        end[count] = scan.end;
        line[count] = lineNumber;
        fields[count] = scan.fields;
        code[count] = scan.code;
        count += 1;
      }
      headerSeen ||= !empty;
      if (empty) emptyLines += 1;
      lineNumber += scan.lines;
      at = scan.next;
      if (count === BATCH_RECORDS) {
        yield { bytes, count, start, end, line, fields, code, emptyLines, position };
        count = 0;
      }
    }
    if (count > 0 || last) yield { bytes, count, start, end, line, fields, code, emptyLines, position };
    bytes.copyWithin(0, at, limit);
    limit -= at;
    if (limit > MAX_LINE_BYTES) throw lineTooLong(lineNumber);
    if (bytes.length - limit < CHUNK_BYTES) bytes = Buffer.concat([bytes], 2 * bytes.length);
  }
}

/** Bytes of a byte order mark at the beginning of a text. */
export function byteOrderMark(bytes: Buffer, limit: number): number {
  return limit >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Settles what only the layout can tell: the number of fields and the encoding. */
function judge(
  bytes: Buffer,
  start: number,
  limit: number,
  layout: TextLayout,
  scanner: RecordScanner,
  scan: Scan,
): void {
  const isWhole = scan.code <= RECORD.untidy || scan.code === RECORD.nulByte;
  if (isWhole && scan.fields !== layout.fields) {
    const strayQuote = scan.lines > 1 && holdsWholeRow(bytes, start, scan.end, layout, scanner);
    if (strayQuote) breakOff(bytes, start, limit, true, RECORD.openQuote, scan);
    else scan.code = RECORD.wrongFieldCount;
  }
  if (layout.badBytes && scan.code <= RECORD.untidy && !isUtf8(bytes.subarray(start, scan.end))) {
    scan.code = RECORD.notUtf8;
  }
}

/** Whether a later line of a record that spans several is a row by itself: then a stray quote joined them. */
function holdsWholeRow(
  bytes: Buffer,
  start: number,
  end: number,
  layout: TextLayout,
  scanner: RecordScanner,
): boolean {
  const scan = newScan();
  for (let at = bytes.indexOf(0x0a, start) + 1; at > 0 && at < end; at = bytes.indexOf(0x0a, at) + 1) {
    scanner(bytes, at, end, true, scan);
    const isRow = scan.code <= RECORD.untidy && scan.fields === layout.fields && scan.lines === 1;
    if (isRow) return true;
  }
  return false;
}

function lineTooLong(line: number): SegueError {
  return new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
    what: `Line ${line} is too long for a row of a table`,
    limit: `${MAX_LINE_BYTES} bytes`,
    mend: 'Give a CSV or Parquet file with one track per row.',
  });
}
