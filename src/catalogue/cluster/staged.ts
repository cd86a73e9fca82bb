import type { Cluster, ClusterDialect } from '../../engine/cluster.js';
import { identifier, textLiteral } from '../../engine/sql.js';
import type { SourceColumn } from '../cells.js';
import { knownColumns } from '../known-columns.js';
import { RECORD } from '../record.js';
import { wrongFieldCount } from '../record-fault.js';
import type { Rule } from '../rules.js';
import { DETAIL, FILE, type Judgement, judgedRows, REASON, stagedColumns } from '../stage.js';
import { bareLine, fieldsOf, isOddSql } from './lines.js';
import { CONTINUED } from './records.js';
import type { ClusterTable } from './tables.js';
import type { ClusterText } from './text.js';

/** Place of a row in the catalogue: rows before it have lower ones. */
export const POSITION = identifier('#position');
export const LINE = identifier('#line');
/** The row as it stands in its file. */
export const RAW = identifier('#raw');

const FIELDS = identifier('#fields');
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

/**
 * Judged rows of texts with one header.
 *
 * @param numbered their lines, where the cluster reads them
 * @param records those that this machine read
 */
export function textRows(
  { dialect }: Cluster,
  judgement: Judgement,
  { names, positions, delimiter, files }: TextGroup,
  numbered: string | undefined,
  records: string | undefined,
): string {
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
        ${fieldsOf('"#text"', delimiter, dialect)} AS ${FIELDS}
      FROM ${numbered} ${taken} WHERE ${among} AND ${isRow}`);
  }
  if (records !== undefined) {
    parts.push(`
      SELECT "#file", "#line", ${RAW}, "#code", ${FAULT}, ${FIELDS} FROM ${records} WHERE ${among} AND "#code" <> ${CONTINUED}`);
  }
  const length = dialect.length(FIELDS);
  const wrong = `"#code" IS NULL AND ${length} <> ${names.length}`;
  const from = `(
    SELECT "#file", "#line", ${RAW}, ${FIELDS},
      CASE WHEN ${wrong} THEN concat(CAST(${length} AS STRING), ${textLiteral(wrongFieldCount(names.length))}) ELSE ${FAULT} END AS ${FAULT},
      ${faultReason(judgement.rules, wrong)} AS ${FAULT_REASON}
    FROM (${parts.join(' UNION ALL ')}))`;
  const columns = knownColumns(judgement.contract).flatMap((column): SourceColumn[] => {
    const position = positions.get(column.name);
    return position === undefined ? [] : [{ column, source: dialect.item(FIELDS, position), holds: 'text' }];
  });
  return placed(judgement, judgedRows(judgement, from, columns, dialect, KEPT));
}

/** Judged rows of Parquet files of one schema. */
export function tableRows(
  { dialect }: Cluster,
  judgement: Judgement,
  { from, columns, mapping }: ClusterTable,
): string {
  const names = columns.map(({ name }) => identifier(name));
  const rows = `(
    SELECT *, "#row" + 1 AS "#line", ${dialect.json(names)} AS ${RAW}, CAST(NULL AS STRING) AS ${FAULT}, CAST(NULL AS INTEGER) AS ${FAULT_REASON}
    FROM ${from})`;
  const known = knownColumns(judgement.contract).flatMap((column): SourceColumn[] => {
    const position = mapping.positions.get(column.name);
    if (position === undefined) return [];
    const { name, kind } = columns[position]!;
    const holds = kind === 'number' ? 'number' : 'text';
    return [{ column, source: asCell(identifier(name), kind, dialect), holds }];
  });
  return placed(judgement, judgedRows(judgement, rows, known, dialect, KEPT));
}

const KEPT = ['"#file"', '"#line"', RAW, FAULT, FAULT_REASON];

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

/** Gives rows their place; a record that is no row has its own reason. */
function placed({ contract }: Judgement, judged: string): string {
  const columns = stagedColumns(contract).filter((name) => name !== REASON && name !== DETAIL);
  return `
    SELECT CAST("#file" AS INTEGER) AS ${FILE}, CAST("#line" AS BIGINT) AS ${LINE},
      CAST("#file" AS BIGINT) * ${LINES_PER_FILE} + "#line" AS ${POSITION}, ${columns.join(', ')},
      coalesce(${FAULT_REASON}, ${REASON}) AS ${REASON}, CASE WHEN ${FAULT_REASON} IS NULL THEN ${DETAIL} ELSE ${FAULT} END AS ${DETAIL}, ${RAW}
    FROM ${judged}`;
}
