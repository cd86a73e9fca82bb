import { SegueError } from '../core/errors.js';
import { identifier, pathLiteral, textLiteral } from '../engine/sql.js';
import type { SourceColumn } from './cells.js';
import type { TextHeader } from './header.js';
import { knownColumns } from './known-columns.js';
import type { TextLayout } from './read-records.js';
import { isReadingFault } from './reading-fault.js';
import { MAX_RECORD_BYTES } from './record.js';
import type { SourceFile } from './sources.js';
import { discardFile, type StagedRange, type StagingContext, stagedRange, stageFile } from './stage.js';

/** A text whose every line belongs to a row as RFC 4180 has it, ended by a line feed. */
export interface TidyText {
  readonly source: SourceFile;
  /** Of the source. */
  readonly number: number;
  readonly path: string;
  readonly layout: TextLayout;
  readonly header: TextHeader;
}

/** Rows staged, or why DuckDB couldn't read them: then none are. */
export type Attempt = { readonly range: StagedRange } | { readonly fault: unknown };

/**
 * Stages a tidy text. DuckDB's parallel reader gives up on some well-formed files with many quotes: those are read again by one thread.
 *
 * @param rows that the scanner found
 * @throws SegueError SEGUE_COUNTS_DISAGREE
 */
export async function stageTidyText(
  context: StagingContext,
  text: TidyText,
  rows: number,
): Promise<StagedRange> {
  let fault: unknown;
  for (const parallel of [true, false]) {
    const attempt = await tryStaging(context, text, { parallel, parsed: [], text: 'text' });
    if ('range' in attempt) {
      if (attempt.range.rows === rows) return attempt.range;
      await discardFile(context.database, text.number);
      fault = `DuckDB read ${attempt.range.rows} rows, the scanner ${rows}`;
    } else {
      fault = attempt.fault;
    }
  }
  throw new SegueError('SEGUE_COUNTS_DISAGREE', {
    what: 'The rows that DuckDB reads are not those that the scanner found',
    value: text.source.name,
    mend: 'Report this with the file: it is a fault of Segue.',
    cause: fault,
  });
}

/**
 * Columns of numbers that DuckDB's reader may parse: those whose cells no rejected row quotes, in a file with ids of its own, since others
 * are made of the text of the cells.
 */
export function parsedColumns({ contract, rules }: StagingContext, { mapping }: TextHeader): string[] {
  if (!mapping.positions.has('track_id')) return [];
  const quoted = new Set(rules.flatMap((rule) => (rule.level === 'row' ? rule.needs : [])));
  return knownColumns(contract)
    .filter(({ name, type }) => type !== 'text' && !quoted.has(name) && mapping.positions.has(name))
    .map(({ name }) => name);
}

/** How DuckDB reads a text. */
export interface StagingManner {
  readonly parallel: boolean;
  /** Known columns that its reader parses, which then must hold nothing but numbers. */
  readonly parsed: readonly string[];
  /** What the other columns hold. */
  readonly text: 'text' | 'plain text';
}

/** Stages a text that may turn out not to be as it was taken to be. */
export async function tryStaging(
  context: StagingContext,
  { number, path, layout, header }: TidyText,
  { parallel, parsed, text }: StagingManner,
): Promise<Attempt> {
  const { database, contract } = context;
  const doubles = new Set(parsed.map((name) => header.mapping.positions.get(name)!));
  const columns = knownColumns(contract).flatMap((column): SourceColumn[] => {
    const position = header.mapping.positions.get(column.name);
    if (position === undefined) return [];
    return [{ column, source: identifier(`f${position}`), holds: doubles.has(position) ? 'parsed' : text }];
  });
  try {
    await stageFile(context, number, readCsv(path, layout, doubles, parallel), columns);
  } catch (error) {
    if (!isReadingFault(error, database.signal)) throw error;
    return { fault: error };
  }
  return { range: await stagedRange(database, number) };
}

function readCsv(path: string, layout: TextLayout, doubles: ReadonlySet<number>, parallel: boolean): string {
  const columns = Array.from(
    { length: layout.fields },
    (_, i) => `${textLiteral(`f${i}`)}: ${doubles.has(i) ? `'DOUBLE'` : `'VARCHAR'`}`,
  );
  return `read_csv(${pathLiteral(path)}, columns = {${columns.join(', ')}}, auto_detect = false, header = true,
    delim = ${textLiteral(layout.delimiter)}, quote = '"', escape = '"', new_line = '\\n', encoding = 'utf-8', strict_mode = true,
    max_line_size = ${4 * MAX_RECORD_BYTES}, buffer_size = ${32 * MAX_RECORD_BYTES}, parallel = ${parallel})`;
}
