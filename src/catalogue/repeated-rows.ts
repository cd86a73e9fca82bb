import type { Database } from '../engine/duckdb/database.js';
import { identifier, textLiteral } from '../engine/sql.js';
import { value } from './cells.js';
import type { Rule } from './rules.js';
import type { SplitOptions } from './split.js';
import { DETAIL, FILE, REASON, STAGED, type StagingContext, TEST, testSql } from './stage.js';

const REPEATED = identifier('#repeated');
const TRACK_ID = value('track_id');

/** Rows whose ids are compared in one pass. DuckDB keeps the groups of a pass in memory: with ten times as many it wants more than 1 GB. */
const ROWS_PER_PASS = 10_000_000;

/**
 * Applies the rules that need more than one row, in their order, to the rows that passed all rules before: the first row of a track id
 * is kept, and the first rows up to the limit. Only ids that occur more than once are kept beside the table.
 *
 * @param withoutId files whose ids are hashes of their rows: equal rows get ids of their own
 * @param rowsPerPass for tests
 */
export async function rejectRepeatedRows(
  { database, rules, split }: StagingContext,
  rowLimit: number | undefined,
  withoutId: readonly number[],
  rowsPerPass = ROWS_PER_PASS,
): Promise<void> {
  if (withoutId.length > 0) await tellEqualRowsApart(database, withoutId, split);
  const duplicate = codeOf(rules, 'duplicate_track_id');
  await findRepeatedIds(database, rowsPerPass);
  await database.run(`
    UPDATE ${STAGED} AS s SET ${REASON} = ${duplicate}, ${DETAIL} = ${repeatedIdDetail(`s.${TRACK_ID}`)}
    FROM ${REPEATED} AS r
    WHERE s.${TRACK_ID} = r.${TRACK_ID} AND s.${REASON} = 0 AND s.rowid > r.kept`);
  await database.run(`DROP TABLE ${REPEATED}`);
  if (rowLimit === undefined) return;
  const [beyond] = await database.rows(
    `SELECT rowid AS first FROM ${STAGED} WHERE ${REASON} = 0 ORDER BY rowid LIMIT 1 OFFSET ${rowLimit}`,
  );
  if (beyond === undefined) return;
  await database.run(`
    UPDATE ${STAGED} SET ${REASON} = ${codeOf(rules, 'row_limit')} WHERE ${REASON} = 0 AND rowid >= ${beyond['first']}`);
}

/** Ids that occur more than once, with the first row of each. Equal ids have equal hashes, so each pass takes a part of the hashes. */
async function findRepeatedIds(database: Database, rowsPerPass: number): Promise<void> {
  await database.run(`CREATE TABLE ${REPEATED} (${TRACK_ID} VARCHAR, kept BIGINT)`);
  const [staged] = await database.rows(`SELECT count(*) AS rows FROM ${STAGED}`);
  const passes = Math.max(1, Math.ceil(Number(staged!['rows']) / rowsPerPass));
  for (let pass = 0; pass < passes; pass += 1) {
    const part = passes === 1 ? '' : `AND hash(${TRACK_ID}) % ${passes} = ${pass}`;
    await database.run(`
      INSERT INTO ${REPEATED} ${repeatedIdsSql(STAGED, 'rowid', part)}`);
  }
}

/**
 * Ids that occur more than once among the rows that pass all rules so far, with the place of the first row of each as `kept`.
 *
 * @param position a column that tells the order of the rows
 */
export function repeatedIdsSql(from: string, position: string, part = ''): string {
  return `SELECT ${TRACK_ID}, min(${position}) AS kept FROM ${from}
    WHERE ${REASON} = 0 ${part} GROUP BY ${TRACK_ID} HAVING count(*) > 1`;
}

/** What a row is blamed for that repeats an id. */
export function repeatedIdDetail(trackId: string): string {
  return `concat(${textLiteral('track_id=')}, ${trackId})`;
}

/** The id of a row of a file without ids that equals `occurrence` rows before it. */
export function idOfEqualRow(trackId: string): string {
  return `md5(concat(${trackId}, '|', CAST(occurrence AS STRING)))`;
}

/** The number that stands for a reason in the staged table. */
export function codeOf(rules: readonly Rule[], reason: string): number {
  return rules.findIndex((rule) => rule.reason === reason) + 1;
}

async function tellEqualRowsApart(
  database: Database,
  files: readonly number[],
  split: SplitOptions | undefined,
): Promise<void> {
  const among = `${REASON} = 0 AND ${FILE} IN (${files.join(', ')})`;
  await database.run(`
    UPDATE ${STAGED} AS s SET ${TRACK_ID} = ${idOfEqualRow(`s.${TRACK_ID}`)}
    FROM (
      SELECT rowid AS row_id, row_number() OVER (PARTITION BY ${TRACK_ID} ORDER BY rowid) - 1 AS occurrence
      FROM ${STAGED}
      WHERE ${among} AND ${TRACK_ID} IN (
        SELECT ${TRACK_ID} FROM ${STAGED} WHERE ${among} GROUP BY ${TRACK_ID} HAVING count(*) > 1)
    ) AS r
    WHERE s.rowid = r.row_id AND r.occurrence > 0`);
  await database.run(`UPDATE ${STAGED} SET ${TEST} = ${testSql(split)} WHERE ${among}`);
}
