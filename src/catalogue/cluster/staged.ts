import type { Cluster, ClusterDialect } from '../../engine/cluster.js';
import { identifier, textLiteral } from '../../engine/sql.js';
import { type SourceColumn, value } from '../cells.js';
import { knownColumns } from '../known-columns.js';
import { RECORD } from '../record.js';
import { wrongFieldCount } from '../record-fault.js';
import type { Rule } from '../rules.js';
import { DETAIL, FILE, type Judgement, judgedRows, REASON, SETTLED, settledRows, TEST } from '../stage.js';
import { bareLine, fieldsOf, isOddSql } from './lines.js';
import { CONTINUED } from './records.js';
import type { ClusterTable } from './tables.js';
import type { ClusterText } from './text.js';

/** Place of a row in the catalogue: rows before it have lower ones. */
export const POSITION = identifier('#position');
export const LINE = identifier('#line');
/** The row as it stands in its file. */
export const RAW = identifier('#raw');

/** What the cells of a row are read from: its fields, or the columns of a table. */
const SOURCE = identifier('#source');
const FAULT = identifier('#fault');
const FAULT_REASON = identifier('#fault reason');
const LINES_PER_FILE = 2 ** 40;

/** Texts with one header. */
export interface TextGroup {
  readonly names: readonly string[];
  readonly positions: ReadonlyMap<string, number>;
  readonly delimiter: string;
  readonly files: readonly number[];
}

export function groupTexts(texts: readonly Pick<ClusterText, 'header' | 'number'>[]): TextGroup[] {
  const groups = new Map<string, TextGroup>();
  for (const { header, number } of texts) {
    const { delimiter, names, mapping } = header;
    const key = JSON.stringify([delimiter, names]);
    const files = [...(groups.get(key)?.files ?? []), number];
    groups.set(key, { names, positions: mapping.positions, delimiter, files });
  }
  return [...groups.values()];
}

/** Rows of a source as they are read, and how. */
export interface RowSource {
  /** A relation of the rows, each with where it stands, and with what its cells are read from as SOURCE. */
  readonly from: string;
  readonly columns: readonly SourceColumn[];
}

/**
 * Rows of texts with one header.
 *
 * @param numbered their lines, where the cluster reads them
 * @param records those that this machine read
 */
export function textRows(
  { dialect }: Cluster,
  { contract, rules }: Judgement,
  { names, positions, delimiter, files }: TextGroup,
  numbered: string | undefined,
  records: string | undefined,
): RowSource {
  const among = `"#file" IN (${files.join(', ')})`;
  const parts: string[] = [];
  if (numbered !== undefined) {
    const isRow = `NOT (${isOddSql('"#text"', delimiter, dialect)}) AND ${bareLine('"#text"', dialect)} <> ''`;
    const taken =
      records === undefined
        ? ''
        : `LEFT ANTI JOIN (SELECT "#file" AS f, "#line" AS l FROM ${records} WHERE "#code" = ${CONTINUED}) AS r ON f = "#file" AND l = "#line"`;
    parts.push(`
      SELECT "#file", "#line", ${bareLine('"#text"', dialect)} AS ${RAW}, CAST(NULL AS BIGINT) AS "#code", CAST(NULL AS STRING) AS ${FAULT},
        ${fieldsOf('"#text"', delimiter, dialect)} AS ${SOURCE}
      FROM ${numbered} ${taken} WHERE ${among} AND ${isRow}`);
  }
  if (records !== undefined) {
    parts.push(`
      SELECT "#file", "#line", ${RAW}, "#code", ${FAULT}, "#fields" AS ${SOURCE} FROM ${records} WHERE ${among} AND "#code" <> ${CONTINUED}`);
  }
  const length = dialect.length(SOURCE);
  const wrong = `"#code" IS NULL AND ${length} <> ${names.length}`;
  return {
    from: `(
    SELECT "#file", "#line", ${RAW}, ${SOURCE},
      CASE WHEN ${wrong} THEN concat(CAST(${length} AS STRING), ${textLiteral(wrongFieldCount(names.length))}) ELSE ${FAULT} END AS ${FAULT},
      ${faultReason(rules, wrong)} AS ${FAULT_REASON}
    FROM (${parts.join(' UNION ALL ')}))`,
    columns: knownColumns(contract).flatMap((column): SourceColumn[] => {
      const position = positions.get(column.name);
      return position === undefined
        ? []
        : [{ column, source: dialect.item(SOURCE, position), holds: 'text' }];
    }),
  };
}

/** Rows of Parquet files of one schema. */
export function tableRows(
  { dialect }: Cluster,
  { contract }: Judgement,
  { from, columns, mapping }: ClusterTable,
): RowSource {
  const known = knownColumns(contract).flatMap((column) => {
    const position = mapping.positions.get(column.name);
    return position === undefined ? [] : [{ column, ...columns[position]! }];
  });
  const all = dialect.struct(columns.map(({ name }) => identifier(name)));
  const read = dialect.struct(known.map(({ name }) => identifier(name)));
  return {
    from: `(
    SELECT "#file", "#row" + 1 AS "#line", ${dialect.json(all)} AS ${RAW}, ${read} AS ${SOURCE},
      CAST(NULL AS STRING) AS ${FAULT}, CAST(NULL AS INTEGER) AS ${FAULT_REASON}
    FROM ${from})`,
    columns: known.map(({ column, name, kind }): SourceColumn => {
      const source = asCell(`${SOURCE}.${identifier(name)}`, kind, dialect);
      return { column, source, holds: kind === 'number' ? 'number' : 'text' };
    }),
  };
}

const READ = ['"#file"', '"#line"', RAW, FAULT, FAULT_REASON];

/**
 * The rows of a source in one pass: most are settled by it, and pass all rules; what the others are read from is kept for `judgedSql`, whose
 * closer look at a cell takes more code than the cluster compiles well.
 */
export function settledSql({ dialect }: Cluster, judgement: Judgement, { from, columns }: RowSource): string {
  const settled = `(${SETTLED} AND ${FAULT_REASON} IS NULL)`;
  const carried = [RAW, FAULT, FAULT_REASON].join(', ');
  return `
    SELECT ${place()}, ${valuesOf(judgement)}, ${TEST}, CAST(0 AS INTEGER) AS ${REASON}, CAST(NULL AS STRING) AS ${DETAIL},
      ${settled} AS ${SETTLED}, CASE WHEN NOT ${settled} THEN ${SOURCE} END AS ${SOURCE}, ${carried}
    FROM ${settledRows(judgement, from, columns, dialect, [...READ, SOURCE])}`;
}

/** Rows that a pass left unsettled, judged. A record that is no row has its own reason. */
export function judgedSql(
  { dialect }: Cluster,
  judgement: Judgement,
  { columns }: Pick<RowSource, 'columns'>,
  written: string,
): string {
  const from = `(SELECT ${[...READ, SOURCE].join(', ')} FROM ${written} WHERE NOT ${SETTLED})`;
  return `
    SELECT ${place()}, ${valuesOf(judgement)}, ${TEST}, coalesce(${FAULT_REASON}, ${REASON}) AS ${REASON},
      CASE WHEN ${FAULT_REASON} IS NULL THEN ${DETAIL} ELSE ${FAULT} END AS ${DETAIL}, true AS ${SETTLED}, ${RAW}
    FROM ${judgedRows(judgement, from, columns, dialect, READ, 'all')}`;
}

/** Where a row stands. */
function place(): string {
  return `CAST("#file" AS INTEGER) AS ${FILE}, CAST("#line" AS BIGINT) AS ${LINE}, CAST("#file" AS BIGINT) * ${LINES_PER_FILE} + "#line" AS ${POSITION}`;
}

function valuesOf({ contract }: Judgement): string {
  return knownColumns(contract)
    .map(({ name }) => value(name))
    .join(', ');
}

function asCell(column: string, kind: string, dialect: ClusterDialect): string {
  if (kind === 'number' || kind === 'text') return column;
  return kind === 'list' ? dialect.joined(column, ', ') : `CAST(${column} AS STRING)`;
}

/** The number of the rule that a record breaks which is no row; NULL for rows. */
function faultReason(rules: readonly Rule[], isWrongCount: string): string {
  const cases = rules.flatMap((rule, i) => {
    if (rule.level !== 'record') return [];
    const codes = `"#code" IN (${rule.codes.join(', ')})`;
    const all = rule.codes.includes(RECORD.wrongFieldCount) ? `${codes} OR (${isWrongCount})` : codes;
    return [`WHEN ${all} THEN ${i + 1}`];
  });
  return `CAST(CASE ${cases.join(' ')} END AS INTEGER)`;
}
