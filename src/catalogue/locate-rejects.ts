import { SegueError } from '../core/errors.js';
import type { Database } from '../engine/duckdb/database.js';
import { identifier } from '../engine/sql.js';
import { value } from './cells.js';
import { readParquet } from './parquet-source.js';
import { readRecords } from './read-records.js';
import { RECORD, type RecordCode } from './record.js';
import { faultOf } from './record-fault.js';
import { partsWith, type RecordIndex, spanOf } from './record-index.js';
import type { Rule } from './rules.js';
import type { SourceFile } from './sources.js';
import { FILE, REASON, STAGED } from './stage.js';
import type { StagedFile, TextContent } from './staged-file.js';

const LOCATED_NAME = '#located';

/**
 * The table of all rejected rows with their place and text. `row_id` is that of the staged row; a record that never became a row has
 * none, but a reason and a detail.
 */
export const LOCATED = identifier(LOCATED_NAME);

/**
 * Finds where every rejected row stands in its file, and its text. DuckDB doesn't know the lines of the rows that it parsed: the
 * scanner that told them apart looks again where rejected rows are.
 *
 * @throws SegueError SEGUE_COUNTS_DISAGREE if a row found isn't the row that was staged
 */
export async function locateRejects(
  database: Database,
  files: readonly (StagedFile | undefined)[],
  rules: readonly Rule[],
): Promise<void> {
  await database.run(`
    CREATE TABLE ${LOCATED}
    (file BIGINT, line BIGINT, row_id BIGINT, reason VARCHAR, detail VARCHAR, raw VARCHAR, id VARCHAR)`);
  for (const [number, file] of files.entries()) {
    if (file === undefined) continue;
    if (file.content.kind === 'parquet') await locateInParquet(database, file, number);
    else await locateInText(database, file, file.content, number, rules);
    if (file.mapping.positions.has('track_id')) await proveOrder(database, file, number);
  }
}

/** Rows are told by their order alone. That the text of each holds the id that was staged proves that the engine kept it. */
async function proveOrder(database: Database, { source }: StagedFile, number: number): Promise<void> {
  const trackId = `s.${value('track_id')}`;
  const [others] = await database.rows(`
    SELECT count(*) AS rows FROM ${LOCATED} AS l JOIN ${STAGED} AS s ON s.rowid = l.row_id
    WHERE l.file = ${number} AND NOT contains(replace(coalesce(l.id, l.raw), '"', ''), replace(${trackId}, '"', ''))`);
  if (Number(others!['rows']) === 0) return;
  throw misplaced(Number(others!['rows']), source);
}

function misplaced(rows: number, source: SourceFile): SegueError {
  return new SegueError('SEGUE_COUNTS_DISAGREE', {
    what: `${rows} rejected rows are not where they were staged`,
    value: source.name,
    mend: 'Report this with the file: it is a fault of Segue.',
  });
}

async function locateInText(
  database: Database,
  file: StagedFile,
  { path, layout, index }: TextContent,
  number: number,
  rules: readonly Rule[],
): Promise<void> {
  const faults = [...file.faults.values()].reduce((sum, count) => sum + count, 0);
  const { rejected, count, spans } = await rejectedRows(database, file, number, index);
  let left = faults + count;
  if (left === 0) return;
  const writer = await database.append(LOCATED_NAME);
  for await (const batch of readRecords(path, layout, database.signal, partsWith(index, spans))) {
    const { bytes, start, end, line, fields, code } = batch;
    let row = batch.firstRow;
    for (let i = 0; i < batch.count; i += 1) {
      const isRow = code[i]! <= RECORD.untidy;
      const isRejected = !isRow || hasBit(rejected, row);
      if (isRejected) {
        const raw = bytes.toString('utf8', start[i], end[i]);
        const fault = isRow ? undefined : faultOf(code[i] as RecordCode, fields[i]!, layout.fields);
        const reason = isRow ? undefined : ruleOf(code[i]!, rules)?.reason;
        const rowId = isRow ? BigInt(file.range.first + row) : null;
        writer.row([BigInt(number), BigInt(line[i]!), rowId, reason ?? null, fault ?? null, raw, null]);
        left -= 1;
      }
      if (isRow) row += 1;
    }
  }
  writer.finish();
  if (left !== 0) throw misplaced(left, file.source);
}

/** The rule that rejects records of a code. */
function ruleOf(code: number, rules: readonly Rule[]): Rule | undefined {
  return rules.find((rule) => rule.level === 'record' && rule.codes.includes(code));
}

async function locateInParquet(database: Database, file: StagedFile, number: number): Promise<void> {
  const cells = file.header.map((name) => `${identifier(name)} := t.${identifier(name)}`);
  const position = file.mapping.positions.get('track_id');
  const id = position === undefined ? 'NULL' : `CAST(t.${identifier(file.header[position]!)} AS VARCHAR)`;
  await database.run(`
    INSERT INTO ${LOCATED}
    SELECT ${number}, t.file_row_number + 1, s.rowid, NULL, NULL, CAST(to_json(struct_pack(${cells.join(', ')})) AS VARCHAR),
      ${id}
    FROM ${readParquet(file.source.path, true)} AS t
    JOIN ${STAGED} AS s ON s.rowid = t.file_row_number + ${file.range.first}
    WHERE s.${FILE} = ${number} AND s.${REASON} <> 0`);
}

/** One bit per row of the file, so that ten million rows take little more than a megabyte; one byte per span of the index. */
async function rejectedRows(
  database: Database,
  { range }: StagedFile,
  number: number,
  index: RecordIndex,
): Promise<{ rejected: Uint8Array; count: number; spans: Uint8Array }> {
  const rejected = new Uint8Array(Math.ceil(range.rows / 8));
  const spans = new Uint8Array(index.start.length);
  let count = 0;
  const rows = database.chunks(
    `SELECT CAST(rowid - ${range.first} AS DOUBLE) FROM ${STAGED} WHERE ${FILE} = ${number} AND ${REASON} <> 0`,
  );
  for await (const { columns } of rows) {
    for (const row of columns[0]!) {
      rejected[row >> 3]! |= 1 << (row & 7);
      spans[spanOf(index, row)] = 1;
    }
    count += columns[0]!.length;
  }
  return { rejected, count, spans };
}

function hasBit(bits: Uint8Array, i: number): boolean {
  return (bits[i >> 3]! & (1 << (i & 7))) !== 0;
}
