import type { Progress } from '../core/progress.js';
import type { Database } from '../engine/duckdb/database.js';
import { identifier, textLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import {
  cellExpressions,
  columnType,
  DOUBTFUL,
  doubtExpression,
  raw,
  readExpressions,
  type SourceColumn,
  value,
} from './cells.js';
import { knownColumns } from './known-columns.js';
import type { Rule } from './rules.js';
import { isTestSql, type SplitOptions } from './split.js';

/** The table of all rows that could be read, typed, in the order of the source, each with the rule that it breaks. */
export const STAGED = identifier('#staged');
export const FILE = identifier('#file');
/** 0 for a row that is kept, else 1 + the index of the rule. */
export const REASON = identifier('#reason');
export const DETAIL = identifier('#detail');
/** Whether a row is on the test side; NULL where rows aren't split. */
export const TEST = identifier('#test');

/** What staging a file needs besides the file. */
export interface StagingContext {
  readonly database: Database;
  readonly contract: FeatureContract;
  readonly rules: readonly Rule[];
  /** Without it the rows are not split. */
  readonly split?: SplitOptions;
  readonly progress: Progress;
}

/** Where one file's rows lie in the table: row `i` of the file has the row id `first + i`. */
export interface StagedRange {
  readonly first: number;
  readonly rows: number;
}

export async function createStage(database: Database, contract: FeatureContract): Promise<void> {
  const columns = knownColumns(contract).map((column) => `${value(column.name)} ${columnType(column)}`);
  await database.run(
    `CREATE TABLE ${STAGED} (${FILE} INTEGER, ${columns.join(', ')}, ${TEST} BOOLEAN, ${REASON} UTINYINT, ${DETAIL} VARCHAR)`,
  );
}

/**
 * Adds the rows of one file.
 *
 * @param from the relation that `columns` read, in the order of the file
 */
export async function stageFile(
  { database, contract, rules, split }: StagingContext,
  file: number,
  from: string,
  columns: readonly SourceColumn[],
): Promise<void> {
  const present = columns.map(({ column }) => column.name);
  const tests = rules.flatMap((rule, i) =>
    rule.level === 'row' ? [{ code: i + 1, doubtful: rule.doubtful === true, ...rule.test(present) }] : [],
  );
  const reasons = (applied: typeof tests): string =>
    `CASE ${applied.map(({ code, rejects }) => `WHEN ${rejects} THEN ${code}`).join(' ')} ELSE 0 END`;
  const cells = columns.flatMap(cellExpressions);
  if (!present.includes('track_id')) cells.push(`${derivedId(columns)} AS ${value('track_id')}`);
  const staged = knownColumns(contract).map(({ name }) =>
    name === 'track_id' || present.includes(name) ? value(name) : `NULL AS ${value(name)}`,
  );
  await database.run(`
    INSERT INTO ${STAGED}
    SELECT ${file}, ${staged.join(', ')}, ${testSql(split)}, ${REASON},
      CASE ${REASON} ${tests.map(({ code, detail }) => `WHEN ${code} THEN ${detail}`).join(' ')} END
    FROM (
      SELECT *, CASE WHEN ${DOUBTFUL} THEN ${reasons(tests)} ELSE ${reasons(tests.filter(({ doubtful }) => !doubtful))} END AS ${REASON}
      FROM (
        SELECT ${cells.join(', ')}, ${DOUBTFUL}
        FROM (SELECT *, ${doubtExpression(columns)} FROM (SELECT ${columns.flatMap(readExpressions).join(', ')} FROM ${from}))
      )
    )`);
}

/** What the column of sides holds for a row with its final track id. */
export function testSql(split: SplitOptions | undefined): string {
  return split === undefined ? 'NULL' : isTestSql(split, value('track_id'));
}

/** Takes the rows of a file back. */
export async function discardFile(database: Database, file: number): Promise<void> {
  await database.run(`DELETE FROM ${STAGED} WHERE ${FILE} = ${file}`);
}

/** Where the rows of a file came to lie. Proves that they lie together. */
export async function stagedRange(database: Database, file: number): Promise<StagedRange> {
  const [range] = await database.rows(
    `SELECT coalesce(min(rowid), 0) AS first, coalesce(max(rowid) + 1, 0) AS next, count(*) AS rows FROM ${STAGED} WHERE ${FILE} = ${file}`,
  );
  const [first, next, rows] = [Number(range!['first']), Number(range!['next']), Number(range!['rows'])];
  if (next - first !== rows)
    throw new Error(`rows of file ${file} lie apart: ${first} to ${next} for ${rows}`);
  return { first, rows };
}

/** An id for a row of a file without one: a hash of its known cells. Equal rows are told apart later (repeated-rows.ts). */
function derivedId(columns: readonly SourceColumn[]): string {
  const cells = columns.map(({ column }) => `coalesce(trim(CAST(${raw(column.name)} AS VARCHAR)), '')`);
  return `md5(concat_ws(${textLiteral('\u001f')}, ${cells.join(', ')}))`;
}
