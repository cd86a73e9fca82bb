import { type FileHandle, open } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import { codeOfLine, type LineFinder, lineFinder } from './find-lines.js';
import { judge } from './judge-record.js';
import { newScan, RECORD, type RecordCode } from './record.js';
import { recordScanner } from './scan-record.js';

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
  /** Rows of the file before the first of these records. */
  readonly firstRow: number;
  /** Empty lines since the beginning of the file. */
  readonly emptyLines: number;
  /** Place in the file of the first of `bytes`. */
  readonly offset: number;
  /** Place in the file up to which it is read. */
  readonly position: number;
  /** What was read since the batch before. */
  readonly fresh: Buffer;
}

/** A stretch of a text that begins where a record does. */
export interface TextPart {
  /** Place in the file. */
  readonly start: number;
  /** Physical line there, from 1. */
  readonly line: number;
  /** Rows before it. */
  readonly row: number;
  /** Records that start before this place belong to the part. */
  readonly end: number;
}

const CHUNK_BYTES = 4 << 20;
const MAX_LINE_BYTES = 64 << 20;
const BATCH_RECORDS = 1 << 16;
const NOTHING = Buffer.alloc(0);

/**
 * Reads the records of a text file behind its header, in order, each exactly once: the rows and what isn't one. Empty lines are no
 * records. This is the authority on where records begin and end; the SQL engine only ever reads text that is tidy by these rules
 * (tidy-text.ts).
 *
 * @param parts read those alone, behind the header and in their order; what a record is doesn't depend on where its part ends
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE for a line of more than 64 MiB
 */
export async function* readRecords(
  path: string,
  layout: TextLayout,
  signal?: AbortSignal,
  parts?: readonly TextPart[],
): AsyncGenerator<RecordBatch, void, undefined> {
  const finder = lineFinder(layout.delimiter.charCodeAt(0), 2 * CHUNK_BYTES);
  const file = await open(path, 'r');
  const columns: RecordColumns = {
    start: new Int32Array(BATCH_RECORDS),
    end: new Int32Array(BATCH_RECORDS),
    line: new Float64Array(BATCH_RECORDS),
    fields: new Int32Array(BATCH_RECORDS),
    code: new Uint8Array(BATCH_RECORDS),
  };
  const whole: TextPart = { start: 0, line: 1, row: 0, end: Number.POSITIVE_INFINITY };
  try {
    for (const part of parts ?? [whole]) yield* recordsOf(file, layout, finder, part, columns, signal);
  } finally {
    finder.release();
    await file.close();
  }
}

type RecordColumns = Pick<RecordBatch, 'start' | 'end' | 'line' | 'fields' | 'code'>;

async function* recordsOf(
  file: FileHandle,
  layout: TextLayout,
  finder: LineFinder,
  part: TextPart,
  columns: RecordColumns,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordBatch, void, undefined> {
  const scanner = recordScanner(layout.delimiter.charCodeAt(0));
  const scan = newScan();
  let bytes = Buffer.allocUnsafe(Math.min(part.end - part.start, 2 * CHUNK_BYTES));
  let limit = 0;
  let position = part.start;
  let lineNumber = part.line;
  let headerSeen = part.start > 0;
  let emptyLines = 0;
  let firstRow = part.row;
  let rows = part.row;

  for (let last = false; !last; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(bytes, limit, bytes.length - limit, position);
    last = bytesRead === 0;
    const offset = position - limit;
    limit += bytesRead;
    position += bytesRead;
    let fresh = bytes.subarray(limit - bytesRead, limit);
    let at = offset === 0 ? byteOrderMark(bytes, limit) : 0;
    let count = 0;
    finder.take(bytes, limit);
    while (at < limit && offset + at < part.end) {
      const plain = headerSeen ? finder.find(at, BATCH_RECORDS - count) : 0;
      for (let i = 0; i < plain && offset + at < part.end; i += 1) {
        const stop = finder.ends[i]!;
        if (stop > at) {
          const found = finder.fields[i]!;
          const kind = codeOfLine(bytes, at, stop, found, layout);
          put(columns, count, at, stop, lineNumber, found, kind);
          count += 1;
          if (kind <= RECORD.untidy) rows += 1;
        } else emptyLines += 1;
        lineNumber += 1;
        at = stop + 1;
      }
      if (plain === 0) {
        if (!scanner(bytes, at, limit, last, scan)) break;
        const empty = scan.end === at;
        if (headerSeen && !empty) {
          judge(bytes, at, limit, layout, scanner, scan);
          put(columns, count, at, scan.end, lineNumber, scan.fields, scan.code);
          count += 1;
          if (scan.code <= RECORD.untidy) rows += 1;
        }
        headerSeen ||= !empty;
        if (empty) emptyLines += 1;
        lineNumber += scan.lines;
        at = scan.next;
      }
      if (count === BATCH_RECORDS) {
        yield { bytes, count, ...columns, firstRow, emptyLines, offset, position, fresh };
        count = 0;
        firstRow = rows;
        fresh = NOTHING;
      }
    }
    last ||= offset + at >= part.end;
    yield { bytes, count, ...columns, firstRow, emptyLines, offset, position, fresh };
    firstRow = rows;
    bytes.copyWithin(0, at, limit);
    limit -= at;
    if (limit > MAX_LINE_BYTES) throw lineTooLong(lineNumber);
    if (bytes.length - limit < CHUNK_BYTES && !last) bytes = Buffer.concat([bytes], limit + 2 * CHUNK_BYTES);
  }
}

function put(
  { start, end, line, fields, code }: RecordColumns,
  i: number,
  at: number,
  stop: number,
  lineNumber: number,
  fieldCount: number,
  kind: RecordCode,
): void {
  start[i] = at;
  end[i] = stop;
  line[i] = lineNumber;
  fields[i] = fieldCount;
  code[i] = kind;
}

/** Bytes of a byte order mark at the beginning of a text. */
export function byteOrderMark(bytes: Buffer, limit: number): number {
  return limit >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function lineTooLong(line: number): SegueError {
  return new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
    what: `Line ${line} is too long for a row of a table`,
    limit: `${MAX_LINE_BYTES} bytes`,
    mend: 'Give a CSV or Parquet file with one track per row.',
  });
}
