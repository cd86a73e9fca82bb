import type { RecordBatch, TextPart } from './read-records.js';
import { RECORD } from './record.js';

/**
 * Where the records of a text stand, span by span, so that a few of them are found again without reading all of it. Ten million records
 * take five megabytes.
 */
export interface RecordIndex {
  /** Of each span: its place in the file, its line, the rows before it, and whether it holds a record that isn't a row. */
  readonly start: number[];
  readonly line: number[];
  readonly row: number[];
  readonly faulty: boolean[];
  records: number;
}

const SPAN_RECORDS = 64;

export function newIndex(): RecordIndex {
  return { start: [], line: [], row: [], faulty: [], records: 0 };
}

/** Takes in the next records of a text. */
export function indexRecords(index: RecordIndex, batch: RecordBatch): void {
  let row = batch.firstRow;
  for (let i = 0; i < batch.count; i += 1) {
    if (index.records % SPAN_RECORDS === 0) {
      index.start.push(batch.offset + batch.start[i]!);
      index.line.push(batch.line[i]!);
      index.row.push(row);
      index.faulty.push(false);
    }
    index.records += 1;
    if (batch.code[i]! <= RECORD.untidy) row += 1;
    else index.faulty[index.faulty.length - 1] = true;
  }
}

/** The span that holds a row. */
export function spanOf({ row: firstRows }: RecordIndex, row: number): number {
  let [low, high] = [0, firstRows.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firstRows[middle]! <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** The stretches of the text made of faulty spans and those that are wanted. */
export function partsWith(index: RecordIndex, wanted: Uint8Array): TextPart[] {
  const parts: TextPart[] = [];
  const { start, line, row, faulty } = index;
  for (let span = 0; span < start.length; ) {
    if (wanted[span] === 0 && faulty[span] === false) {
      span += 1;
      continue;
    }
    const first = span;
    while (span < start.length && (wanted[span] !== 0 || faulty[span] === true)) span += 1;
    const end = start[span] ?? Number.POSITIVE_INFINITY;
    parts.push({ start: start[first]!, line: line[first]!, row: row[first]!, end });
  }
  return parts;
}
