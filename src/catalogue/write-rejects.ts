import type { Database } from '../engine/duckdb/database.js';
import { textLiteral } from '../engine/sql.js';
import { LOCATED, locateRejects } from './locate-rejects.js';
import type { Rule } from './rules.js';
import { DETAIL, REASON, STAGED } from './stage.js';
import type { StagedFile } from './staged-file.js';
import { PARQUET, syncFile } from './write-dataset.js';

/**
 * Writes every rejected row to a Parquet file, by source and line: source, line (of a Parquet source: the row, from 1), reason, detail
 * (the cell to blame), raw (the text of the row as it stands in the file; of a Parquet source: the row as JSON).
 */
export async function writeRejects(
  database: Database,
  files: readonly (StagedFile | undefined)[],
  rules: readonly Rule[],
  path: string,
): Promise<void> {
  await locateRejects(database, files, rules);
  const names = files.map((file) => textLiteral(file?.source.name ?? ''));
  const reasons = rules.map((rule, i) => `WHEN ${i + 1} THEN ${textLiteral(rule.reason)}`);
  await database.run(`
    COPY (
      SELECT list_extract([${names.join(', ')}], l.file + 1) AS source, l.line,
        coalesce(l.reason, CASE s.${REASON} ${reasons.join(' ')} END) AS reason, coalesce(l.detail, s.${DETAIL}) AS detail, l.raw
      FROM ${LOCATED} AS l LEFT JOIN ${STAGED} AS s ON s.rowid = l.row_id
      ORDER BY l.file, l.line
    ) TO ${textLiteral(path)} ${PARQUET}`);
  await database.run(`DROP TABLE ${LOCATED}`);
  await syncFile(path);
}
