import { type FileHandle, open } from 'node:fs/promises';
import { joinFields, splitFields } from './fields.js';
import { type RecordBatch, readRecords, type TextLayout } from './read-records.js';
import { RECORD } from './record.js';
import { indexRecords, newIndex, type RecordIndex } from './record-index.js';

/** What a pass over all records of a text found. */
export interface TextSurvey {
  /** Records that are rows. */
  readonly rows: number;
  /** Records that aren't, by their code. */
  readonly faults: ReadonlyMap<number, number>;
  /** Whether each line belongs to a row as RFC 4180 has it, ended by a line feed. */
  readonly tidy: boolean;
  readonly index: RecordIndex;
}

/** Counts the records of a text. `heard` is told of all bytes of it, in their order. */
export async function surveyRecords(
  path: string,
  layout: TextLayout,
  signal: AbortSignal | undefined,
  heard: (batch: RecordBatch) => void,
): Promise<TextSurvey> {
  const byCode = new Float64Array(Object.keys(RECORD).length);
  const index = newIndex();
  let empty = 0;
  for await (const batch of readRecords(path, layout, signal)) {
    const { code, count, emptyLines } = batch;
    indexRecords(index, batch);
    for (let i = 0; i < count; i += 1) byCode[code[i]!]! += 1;
    empty = emptyLines;
    heard(batch);
  }
  const faults = new Map([...byCode.entries()].filter(([code, count]) => code > RECORD.untidy && count > 0));
  const tidyRows = byCode[RECORD.tidy]!;
  const rows = tidyRows + byCode[RECORD.tidyWithReturn]! + byCode[RECORD.untidy]!;
  return { rows, faults, tidy: faults.size === 0 && tidyRows === rows && empty === 0, index };
}

/**
 * Writes the rows of a text as RFC 4180 has them, each ended by a line feed, behind a header. DuckDB reads nothing else: its reader
 * gives up on a whole file for one lone carriage return or one empty line that ends with CRLF, reads no row of a file that mixes line ends, and, in parallel, fails on some
 * files with line breaks in quotes whose lines end with CRLF.
 */
export async function writeTidyText(
  path: string,
  layout: TextLayout,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = await open(target, 'w');
  try {
    await file.writeFile(
      `${Array.from({ length: layout.fields }, (_, i) => `f${i}`).join(layout.delimiter)}\n`,
    );
    for await (const batch of readRecords(path, layout, signal)) await writeRows(batch, layout, file);
  } finally {
    await file.close();
  }
}

async function writeRows(batch: RecordBatch, { delimiter }: TextLayout, file: FileHandle): Promise<void> {
  const { bytes, count, start, end, code } = batch;
  const rewritten = new Map<number, Buffer>();
  let size = 0;
  for (let i = 0; i < count; i += 1) {
    if (code[i]! > RECORD.untidy) continue;
    if (code[i] === RECORD.untidy) {
      const fields = splitFields(bytes.toString('utf8', start[i], end[i]), delimiter);
      rewritten.set(i, Buffer.from(joinFields(fields, delimiter)));
    }
    size += (rewritten.get(i)?.length ?? end[i]! - start[i]!) + 1;
  }
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (code[i]! > RECORD.untidy) continue;
    const row = rewritten.get(i);
    at += row === undefined ? bytes.copy(out, at, start[i], end[i]) : row.copy(out, at);
    out[at] = 0x0a;
    at += 1;
  }
  await file.writeFile(out);
}
