import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../core/errors.js';
import { identifier, pathLiteral, textLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import { readHeader, type TextHeader } from './header.js';
import { knownColumns } from './known-columns.js';
import { asPlainText } from './plain-text.js';
import { byteOrderMark, type TextLayout } from './read-records.js';
import { isReadingFault } from './reading-fault.js';
import { MAX_RECORD_BYTES } from './record.js';
import type { SourceFile } from './sources.js';
import { FILE, STAGED, type StagedRange, type StagingContext, stagedRange, stageFile } from './stage.js';
import { requireColumns, type StagedFile } from './staged-file.js';
import { surveyRecords, writeTidyText } from './tidy-text.js';

const HEAD_BYTES = 2 * MAX_RECORD_BYTES;

/**
 * Stages a file of delimited text. Segue's own scanner says where records begin and end, which of them aren't rows and on which line
 * each stands; DuckDB parses the rows. Both must come to the same number of rows.
 *
 * @param number of the file in the source
 * @param scratch an existing folder for copies; the text in it serves until the rejects are written
 * @returns undefined for a file without even a header
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_SOURCE_TRUNCATED, SEGUE_COLUMNS_MISSING, SEGUE_COUNTS_DISAGREE
 */
export async function stageText(
  context: StagingContext,
  source: SourceFile,
  compressed: boolean,
  number: number,
  scratch: string,
): Promise<StagedFile | undefined> {
  const { database, contract, rules, progress } = context;
  const { signal } = database;
  const plain = await asPlainText(source, compressed, scratch, signal);
  const header = await headerOf(plain.path, contract);
  if (header === undefined) return undefined;
  requireTable(source, header);
  requireColumns(source, header.names, header.mapping, contract, rules);

  const layout: TextLayout = {
    delimiter: header.delimiter,
    fields: header.names.length,
    badBytes: plain.badBytes,
  };
  const survey = await surveyRecords(
    plain.path,
    layout,
    (bytes) => progress.advance(bytes, compressed ? undefined : source.bytes, 'bytes'),
    signal,
  );
  const tidy = survey.tidy && header.tidy ? plain.path : join(scratch, 'tidy.csv');
  if (tidy !== plain.path) await writeTidyText(plain.path, layout, tidy, signal);
  const range = await stageTidyText(context, source, number, tidy, layout, header, survey.rows);
  if (tidy !== plain.path) await rm(tidy);

  return {
    source,
    sha256: plain.sha256,
    range,
    faults: survey.faults,
    rowsRead: survey.rows + [...survey.faults.values()].reduce((sum, count) => sum + count, 0),
    header: header.names,
    mapping: header.mapping,
    content: {
      kind: 'text',
      compressed,
      path: plain.path,
      encoding: plain.encoding,
      layout,
      index: survey.index,
    },
  };
}

/** DuckDB's parallel reader gives up on some well-formed files with many quotes: those are read again by one thread. */
async function stageTidyText(
  context: StagingContext,
  source: SourceFile,
  number: number,
  path: string,
  layout: TextLayout,
  header: TextHeader,
  rows: number,
): Promise<StagedRange> {
  const { database } = context;
  const columns = knownColumns(context.contract).flatMap((column) => {
    const position = header.mapping.positions.get(column.name);
    return position === undefined
      ? []
      : [{ column, source: identifier(`f${position}`), holds: 'text' as const }];
  });
  let fault: unknown;
  for (const parallel of [true, false]) {
    try {
      await stageFile(context, number, readCsv(path, layout, parallel), columns);
    } catch (error) {
      if (!isReadingFault(error, database.signal)) throw error;
      fault = error;
      continue;
    }
    const range = await stagedRange(database, number);
    if (range.rows === rows) return range;
    fault = `DuckDB read ${range.rows} rows, the scanner ${rows}`;
    await database.run(`DELETE FROM ${STAGED} WHERE ${FILE} = ${number}`);
  }
  throw new SegueError('SEGUE_COUNTS_DISAGREE', {
    what: 'The rows that DuckDB reads are not those that the scanner found',
    value: source.name,
    mend: 'Report this with the file: it is a fault of Segue.',
    cause: fault,
  });
}

function readCsv(path: string, layout: TextLayout, parallel: boolean): string {
  const columns = Array.from({ length: layout.fields }, (_, i) => `${textLiteral(`f${i}`)}: 'VARCHAR'`);
  return `read_csv(${pathLiteral(path)}, columns = {${columns.join(', ')}}, auto_detect = false, header = true,
    delim = ${textLiteral(layout.delimiter)}, quote = '"', escape = '"', new_line = '\\n', encoding = 'utf-8', strict_mode = true,
    max_line_size = ${4 * MAX_RECORD_BYTES}, buffer_size = ${32 * MAX_RECORD_BYTES}, parallel = ${parallel})`;
}

async function headerOf(path: string, contract: FeatureContract): Promise<TextHeader | undefined> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return readHeader(
      head.subarray(byteOrderMark(head, bytesRead), bytesRead),
      bytesRead < HEAD_BYTES,
      contract,
    );
  } finally {
    await file.close();
  }
}

function requireTable(source: SourceFile, { names, mapping, regular }: TextHeader): void {
  const binary = names.some((name) => name.includes('\0'));
  const named = names.filter((name) => name.trim() !== '');
  const tabular = named.length > 1 && regular && !/^\s*[<{[]/.test(named[0]!);
  if (!binary && (mapping.positions.size > 0 || tabular)) return;
  throw new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
    what: binary ? 'The file is binary, not text' : 'The file is not rows under a header',
    value: source.name,
    limit: 'CSV with a header (plain or gzip), or Parquet',
    mend: 'Export the catalogue as CSV or Parquet; a spreadsheet or JSON is neither.',
  });
}
