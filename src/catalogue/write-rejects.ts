import type { Database, TableWriter } from '../engine/database.js';
import { identifier, textLiteral } from '../engine/sql.js';
import { readParquet } from './parquet-source.js';
import { faultOf, readRecords } from './read-records.js';
import type { Rule } from './rules.js';
import { RECORD, type RecordCode } from './scan-record.js';
import { DETAIL, FILE, REASON, STAGED } from './stage.js';
import type { StagedFile, TextContent } from './staged-file.js';

const LOCATED = identifier('#located');

/**
 * Writes every rejected row to a Parquet file, by source and line: source, line (of a Parquet source: the row, from 1), reason, detail
 * (the cell to blame), raw (the text of the row as it stands in the file; of a Parquet source: the row as JSON).
 *
 * DuckDB doesn't know the lines of the rows that it parsed. The scanner that told them apart walks the text again, up to the last
 * rejected row.
 */
export async function writeRejects(
  database: Database,
  files: readonly (StagedFile | undefined)[],
  rules: readonly Rule[],
  path: string,
): Promise<void> {
  await database.run(
    `CREATE TABLE ${LOCATED} (file BIGINT, line BIGINT, row_id BIGINT, reason VARCHAR, detail VARCHAR, raw VARCHAR)`,
  );
  for (const [number, file] of files.entries()) {
    if (file === undefined) continue;
    if (file.content.kind === 'parquet') await locateInParquet(database, file, number);
    else await locateInText(database, file, file.content, number, rules);
  }
  const names = files.map((file) => textLiteral(file?.source.name ?? ''));
  const reasons = rules.map((rule, i) => `WHEN ${i + 1} THEN ${textLiteral(rule.reason)}`);
  await database.run(`
    COPY (
      SELECT list_extract([${names.join(', ')}], l.file + 1) AS source, l.line,
        coalesce(l.reason, CASE s.${REASON} ${reasons.join(' ')} END) AS reason, coalesce(l.detail, s.${DETAIL}) AS detail, l.raw
      FROM ${LOCATED} AS l LEFT JOIN ${STAGED} AS s ON s.rowid = l.row_id
      ORDER BY l.file, l.line
    ) TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`);
  await database.run(`DROP TABLE ${LOCATED}`);
}

async function locateInText(
  database: Database,
  file: StagedFile,
  { path, layout }: TextContent,
  number: number,
  rules: readonly Rule[],
): Promise<void> {
  const faults = [...file.faults.values()].reduce((sum, count) => sum + count, 0);
  const { rejected, count } = await rejectedRows(database, file, number);
  let left = faults + count;
  if (left === 0) return;
  const writer = await database.append('#located');
  let row = 0;
  for await (const batch of readRecords(path, layout, database.signal)) {
    const { bytes, start, end, line, fields, code } = batch;
    for (let i = 0; i < batch.count && left > 0; i += 1) {
      const isRow = code[i]! <= RECORD.untidy;
      const isRejected = !isRow || hasBit(rejected, row);
      if (isRejected) {
        const raw = bytes.toString('utf8', start[i], end[i]);
        const at = { number: BigInt(number), line: BigInt(line[i]!), raw };
        if (isRow) writeRow(writer, at, BigInt(file.range.first + row));
        else
          writeFault(
            writer,
            at,
            code[i] as RecordCode,
            faultOf(code[i] as RecordCode, fields[i]!, layout),
            rules,
          );
        left -= 1;
      }
      if (isRow) row += 1;
    }
    if (left === 0) break;
  }
  writer.finish();
}

interface Located {
  readonly number: bigint;
  readonly line: bigint;
  readonly raw: string;
}

function writeRow(writer: TableWriter, { number, line, raw }: Located, rowId: bigint): void {
  writer.row([number, line, rowId, null, null, raw]);
}

function writeFault(
  writer: TableWriter,
  { number, line, raw }: Located,
  code: RecordCode,
  fault: string | undefined,
  rules: readonly Rule[],
): void {
  const rule = rules.find(
    ({ level, ...rest }) => level === 'record' && 'codes' in rest && rest.codes.includes(code),
  );
  writer.row([number, line, null, rule?.reason ?? null, fault ?? null, raw]);
}

async function locateInParquet(database: Database, file: StagedFile, number: number): Promise<void> {
  const cells = file.header.map((name) => `${identifier(name)} := t.${identifier(name)}`);
  await database.run(`
    INSERT INTO ${LOCATED}
    SELECT ${number}, t.file_row_number + 1, s.rowid, NULL, NULL, CAST(to_json(struct_pack(${cells.join(', ')})) AS VARCHAR)
    FROM ${readParquet(file.source.path, true)} AS t
    JOIN ${STAGED} AS s ON s.rowid = t.file_row_number + ${file.range.first}
    WHERE s.${FILE} = ${number} AND s.${REASON} <> 0`);
}

/** One bit per row of the file: ten million rows take little more than a megabyte. */
async function rejectedRows(
  database: Database,
  { range }: StagedFile,
  number: number,
): Promise<{ rejected: Uint8Array; count: number }> {
  const rejected = new Uint8Array(Math.ceil(range.rows / 8));
  let count = 0;
  await database.visit(
    `SELECT rowid - ${range.first} FROM ${STAGED} WHERE ${FILE} = ${number} AND ${REASON} <> 0`,
    (row) => {
      rejected[row >> 3]! |= 1 << (row & 7);
      count += 1;
    },
  );
  return { rejected, count };
}

function hasBit(bits: Uint8Array, i: number): boolean {
  return (bits[i >> 3]! & (1 << (i & 7))) !== 0;
}
