import { identifier, isFinite } from '../engine/sql.js';
import type { Dialect } from '../engine/sql-engine.js';
import type { KnownColumn } from './known-columns.js';

/**
 * What a source gives: text to be parsed, text in which no underscore joins digits, a number, or a number that the reader of a text parsed
 * itself. That reader is faster, but leaves no text to quote.
 */
type Holds = 'text' | 'plain text' | 'number' | 'parsed';

/** A column of a source: one for each known column that the file has. */
export interface SourceColumn {
  readonly column: KnownColumn;
  /** The expression that reads it. */
  readonly source: string;
  readonly holds: Holds;
}

/** What stands for no value in a column of numbers, in lower case. In a name `NA` is a name. */
const NO_NUMBER = ['', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', 'none', '\\n'];
const BLANKS = [' ', '\t', '\r', '\n'];
/** Beyond 2^53 doubles skip integers. */
const MAX_INTEGER = String(2 ** 53);

/** The staged value. */
export const value = (name: string): string => identifier(name);
/** Whether the cell is empty. */
export const isEmpty = (name: string): string => identifier(`${name}#empty`);
/** The cell as it stands in the file, which details of rejected rows quote. */
export const raw = (name: string): string => identifier(`${name}#raw`);
/** What SQL makes of a cell in a column of numbers. */
const parsed = (name: string): string => identifier(`${name}#parsed`);

/** Whether some cell of a row needs a closer look. Cells of other rows are what they seem: not empty, finite, without blanks to trim. */
export const DOUBTFUL = identifier('#doubtful');

/** The first of three steps: reads a column. */
export function readExpressions(
  { column: { name, type }, source, holds }: SourceColumn,
  dialect: Dialect,
): string[] {
  const cell = `${source} AS ${raw(name)}`;
  if (type === 'text') return [cell];
  const number = isText(holds) ? dialect.plainNumber(source) : `CAST(${source} AS DOUBLE)`;
  return [cell, `${number} AS ${parsed(name)}`];
}

/** The second step: doubts a row on cheap signs, so that what costs more is spent on few rows. */
export function doubtExpression(columns: readonly SourceColumn[], dialect: Dialect): string {
  const named = (type: string): string[] =>
    columns.flatMap(({ column }) => (column.type === type ? [parsed(column.name)] : []));
  const integers = named('integer');
  const numbers = [...integers, ...named('number')];
  const signs = columns.flatMap(({ column: { name, type }, holds }) => {
    if (type !== 'text') return [];
    const text = asText(name, holds);
    if (name === 'track_id') return [isTrim(text, dialect), `NOT contains(${text}, ':')`];
    return [name === 'genre' ? isTrim(text, dialect) : `${text} >= '!'`];
  });
  const texts = columns.flatMap(({ column: { name, type }, holds }) =>
    type !== 'text' && holds === 'text' ? [raw(name)] : [],
  );
  if (texts.length > 0) signs.push(dialect.arePlainNumbers(texts));
  // a sum is a finite number only if every term is
  if (numbers.length > 0) signs.push(isFinite(`(${numbers.join(' + ')})`));
  if (integers.length > 0) {
    signs.push(...integers.map((x) => `${x} = floor(${x})`));
    signs.push(`${integers.map((x) => `abs(${x})`).join(' + ')} <= ${MAX_INTEGER}`);
  }
  return `NOT coalesce(${signs.join(' AND ')}, false) AS ${DOUBTFUL}`;
}

/** Which rows get the closer look: all, those that are doubted, or none. */
export type Care = 'all' | 'doubtful' | 'none';

/** The third step: what a column's cells mean. Values of empty cells don't matter, since their rows are rejected. */
export function cellExpressions(
  { column: { name, type }, holds }: SourceColumn,
  dialect: Dialect,
  care: Care,
): string[] {
  const { empty, careful, plain } =
    type === 'text' ? textCell(name, holds, dialect) : numberCell(name, type === 'integer', holds, dialect);
  if (care === 'none') return [`${plain} AS ${value(name)}`, raw(name)];
  if (care === 'all') return [`${careful} AS ${value(name)}`, `${empty} AS ${isEmpty(name)}`, raw(name)];
  return [
    `${careful === plain ? plain : `CASE WHEN ${DOUBTFUL} THEN ${careful} ELSE ${plain} END`} AS ${value(name)}`,
    `CASE WHEN ${DOUBTFUL} THEN ${empty} ELSE false END AS ${isEmpty(name)}`,
    raw(name),
  ];
}

interface CellMeaning {
  readonly empty: string;
  readonly careful: string;
  /** Of a row without doubts. */
  readonly plain: string;
}

function textCell(name: string, holds: Holds, dialect: Dialect): CellMeaning {
  const text = asText(name, holds);
  const trim = trimmed(text, dialect);
  const careful = name === 'track_id' ? trackId(trim) : name === 'genre' ? trim : text;
  return { empty: isBlank(text, dialect), careful, plain: text };
}

function numberCell(name: string, isInteger: boolean, holds: Holds, dialect: Dialect): CellMeaning {
  const x = parsed(name);
  const careful = holds === 'text' ? dialect.number(raw(name)) : x;
  const unread = `CASE WHEN ${isFinite(x)} THEN false ELSE ${dialect.isOneOf(`lower(coalesce(${trimmed(raw(name), dialect)}, ''))`, NO_NUMBER)} END`;
  const empty = {
    text: unread,
    'plain text': unread,
    number: `coalesce(isnan(${x}), true)`,
    // of the texts that SQL reads as NaN only one counts as empty
    parsed: `CASE WHEN isnan(${x}) THEN ${dialect.failure('NaN')} ELSE ${x} IS NULL END`,
  }[holds];
  return {
    empty,
    careful: isInteger ? whole(careful, dialect) : careful,
    plain: isInteger ? dialect.integer(x) : x,
  };
}

function asText(name: string, holds: Holds): string {
  return isText(holds) ? raw(name) : `CAST(${raw(name)} AS STRING)`;
}

function isText(holds: Holds): boolean {
  return holds === 'text' || holds === 'plain text';
}

/** SQL type of a staged column. */
export function columnType({ type }: KnownColumn): string {
  return { text: 'STRING', integer: 'BIGINT', number: 'DOUBLE' }[type];
}

/** `78.0` is the integer 78; `78.5` is none. */
function whole(number: string, dialect: Dialect): string {
  return `CASE WHEN ${number} = floor(${number}) AND abs(${number}) <= ${MAX_INTEGER} THEN ${dialect.integer(number)} END`;
}

/** Spotify's URI and link as the id that they hold. */
function trackId(text: string): string {
  return `CASE WHEN ${text} LIKE 'spotify:track:%' THEN substr(${text}, 15)
    WHEN ${text} LIKE 'http%' THEN coalesce(nullif(regexp_extract(${text}, '^https?://open[.]spotify[.]com/(?:[^/]+/)?track/([A-Za-z0-9]+)', 1), ''), ${text})
    ELSE ${text} END`;
}

/** Trimming costs as much as parsing ten numbers: cells that neither begin nor end with a blank are left alone. */
function trimmed(text: string, dialect: Dialect): string {
  return `CASE WHEN ${isTrim(text, dialect)} THEN ${text} ELSE ${dialect.trimmed(text, BLANKS.join(''))} END`;
}

/** Whether a text neither begins nor ends with a blank, and isn't empty. All blanks sort before '!'. */
function isTrim(text: string, dialect: Dialect): string {
  return [`${text} >= '!'`, ...BLANKS.map((blank) => `NOT ${dialect.endsWith(text, blank)}`)].join(' AND ');
}

/** Whether a text is nothing but blanks. */
function isBlank(text: string, dialect: Dialect): string {
  return `CASE WHEN ${text} >= '!' THEN false ELSE coalesce(${trimmed(text, dialect)}, '') = '' END`;
}
