import type { Progress } from '../core/progress.js';
import type { Database } from '../engine/duckdb/database.js';
import { identifier, textLiteral } from '../engine/sql.js';
import type { Dialect } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import type { RowTest } from './cell-test.js';
import {
  type Care,
  cellExpressions,
  columnType,
  DOUBTFUL,
  doubtExpression,
  raw,
  readExpressions,
  type SourceColumn,
  value,
} from './cells.js';
import { scaled } from './content-hash.js';
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

/** Whether a row is what it seems (`settledRows`). */
export const SETTLED = identifier('#settled');

/** What rows are judged by. */
export interface Judgement {
  readonly contract: FeatureContract;
  readonly rules: readonly Rule[];
  /** Without it the rows are not split. */
  readonly split?: SplitOptions;
}

/** What staging a file needs besides the file. */
export interface StagingContext extends Judgement {
  readonly database: Database;
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
  context: StagingContext,
  file: number,
  from: string,
  columns: readonly SourceColumn[],
): Promise<void> {
  const { database } = context;
  const staged = stagedColumns(context.contract);
  await database.run(`
    INSERT INTO ${STAGED}
    SELECT ${file}, ${staged.join(', ')} FROM ${judgedRows(context, from, columns, database.dialect)}`);
}

/** Columns of a row that is judged, beside those that tell where it stands. */
export function stagedColumns(contract: FeatureContract): string[] {
  return [...knownColumns(contract).map(({ name }) => value(name)), TEST, REASON, DETAIL];
}

/**
 * Rows of a source, typed, each with the side that it is on, the rule that it breaks and the cell to blame, in any engine.
 *
 * @param from the relation that `columns` read
 * @param keep columns of it that are handed on
 * @param care which rows get the closer look
 */
export function judgedRows(
  judgement: Judgement,
  from: string,
  columns: readonly SourceColumn[],
  dialect: Dialect,
  keep: readonly string[] = [],
  care: 'all' | 'doubtful' = 'doubtful',
): string {
  const tests = rowTests(judgement, columns, dialect);
  const reasons = (applied: typeof tests): string =>
    `CASE ${applied.map(({ code, rejects }) => `WHEN ${rejects} THEN ${code}`).join(' ')} ELSE 0 END`;
  const plainTests = tests.filter(({ doubtful }) => !doubtful);
  const reason =
    care === 'all'
      ? reasons(tests)
      : `CASE WHEN ${DOUBTFUL} THEN ${reasons(tests)} ELSE ${reasons(plainTests)} END`;
  const details = tests.map(({ code, detail }) => `WHEN ${code} THEN ${detail}`);
  return `(
    SELECT ${[...keep, ...stagedValues(judgement, columns)].join(', ')}, ${testSql(judgement.split)} AS ${TEST}, ${REASON},
      CASE ${REASON} ${details.join(' ')} END AS ${DETAIL}
    FROM (SELECT *, ${reason} AS ${REASON} FROM ${typedRows(from, columns, dialect, keep, care)})
  )`;
}

/**
 * Rows of a source, typed as rows without doubts are, each with whether it is settled by that: it is without doubts and breaks no rule. What
 * the others mean is for `judgedRows` to say.
 *
 * @param from the relation that `columns` read
 * @param keep columns of it that are handed on
 */
export function settledRows(
  judgement: Judgement,
  from: string,
  columns: readonly SourceColumn[],
  dialect: Dialect,
  keep: readonly string[],
): string {
  const plainTests = rowTests(judgement, columns, dialect).filter(({ doubtful }) => !doubtful);
  const passes = [`NOT ${DOUBTFUL}`, ...plainTests.map(({ rejects }) => `NOT (${rejects})`)];
  return `(
    SELECT ${[...keep, ...stagedValues(judgement, columns)].join(', ')}, ${testSql(judgement.split)} AS ${TEST},
      coalesce(${passes.join(' AND ')}, false) AS ${SETTLED}
    FROM ${typedRows(from, columns, dialect, keep, 'none')}
  )`;
}

/** The rules that one row alone can break, by the numbers that stand for them. */
function rowTests(
  { rules }: Judgement,
  columns: readonly SourceColumn[],
  dialect: Dialect,
): (RowTest & { readonly code: number; readonly doubtful: boolean })[] {
  const present = columns.map(({ column }) => column.name);
  return rules.flatMap((rule, i) =>
    rule.level === 'row'
      ? [{ code: i + 1, doubtful: rule.doubtful === true, ...rule.test(present, dialect) }]
      : [],
  );
}

/** Rows with the meaning of each cell. */
function typedRows(
  from: string,
  columns: readonly SourceColumn[],
  dialect: Dialect,
  keep: readonly string[],
  care: Care,
): string {
  const cells = columns.flatMap((column) => cellExpressions(column, dialect, care));
  if (!columns.some(({ column }) => column.name === 'track_id'))
    cells.push(`${derivedId(columns)} AS ${value('track_id')}`);
  const read = columns.flatMap((column) => readExpressions(column, dialect));
  return `(
    SELECT ${[...keep, ...cells].join(', ')}, ${DOUBTFUL}
    FROM (SELECT *, ${doubtExpression(columns, dialect)} FROM (SELECT ${[...keep, ...read].join(', ')} FROM ${from}))
  )`;
}

/** The values of a row, NULL for columns that the source lacks. */
function stagedValues({ contract }: Judgement, columns: readonly SourceColumn[]): string[] {
  const present = new Set(['track_id', ...columns.map(({ column }) => column.name)]);
  return knownColumns(contract).map((column) => {
    const name = value(column.name);
    return present.has(column.name) ? name : `CAST(NULL AS ${columnType(column)}) AS ${name}`;
  });
}

/** What the column of sides holds for a row with its final track id. */
export function testSql(split: SplitOptions | undefined): string {
  return split === undefined ? 'CAST(NULL AS BOOLEAN)' : isTestSql(split, value('track_id'));
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
  const cells = columns.map(({ column: { name }, holds }) => {
    const text = holds === 'number' ? scaled(`CAST(${raw(name)} AS DOUBLE)`) : `trim(${raw(name)})`;
    return `coalesce(${text}, '')`;
  });
  return `md5(concat_ws(${textLiteral('\u001f')}, ${cells.join(', ')}))`;
}
