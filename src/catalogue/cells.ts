import { identifier, textLiteral } from '../engine/sql.js';
import type { KnownColumn } from './known-columns.js';

/**
 * A column of a source, in the words of SQL: for each known column that the file has, the staged value `"name"`, whether the cell was
 * empty `"name#empty"`, and the cell as it stands in the file `"name#raw"`, which details of rejected rows quote.
 */
export interface SourceColumn {
  readonly column: KnownColumn;
  /** The expression that reads it. */
  readonly source: string;
  /** Whether the source holds text to be parsed or a number already. */
  readonly holds: 'text' | 'number';
}

/** What stands for no value in a column of numbers, in lower case. In a name `NA` is a name. */
const NO_NUMBER = ['', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', 'none', '\\n'];
const BLANKS = [' ', '\t', '\r', '\n'];

export const value = (name: string): string => identifier(name);
export const isEmpty = (name: string): string => identifier(`${name}#empty`);
export const raw = (name: string): string => identifier(`${name}#raw`);

/** The expressions of one column for the SELECT that reads a source. */
export function cellExpressions({ column, source, holds }: SourceColumn): string[] {
  const { name, type } = column;
  if (type === 'text') {
    const text = holds === 'number' ? `CAST(${source} AS VARCHAR)` : source;
    const kept = name === 'track_id' ? trackId(trimmed(text)) : name === 'genre' ? trimmed(text) : text;
    const empty = isBlank(text);
    return [
      `CASE WHEN ${empty} THEN NULL ELSE ${kept} END AS ${value(name)}`,
      `${empty} AS ${isEmpty(name)}`,
      `${source} AS ${raw(name)}`,
    ];
  }
  const number = holds === 'number' ? `CAST(${source} AS DOUBLE)` : parsed(source);
  const empty =
    holds === 'number'
      ? `coalesce(isnan(${number}), true)`
      : `CASE WHEN isfinite(${number}) THEN false ELSE ${isOneOf(`lower(coalesce(${trimmed(source)}, ''))`, NO_NUMBER)} END`;
  return [
    `${type === 'integer' ? whole(number) : number} AS ${value(name)}`,
    `${empty} AS ${isEmpty(name)}`,
    `${source} AS ${raw(name)}`,
  ];
}

/** SQL type of a staged column. */
export function columnType({ type }: KnownColumn): string {
  return { text: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' }[type];
}

/** TRY_CAST reads what a person calls a number, and underscores between digits, which no file means. */
function parsed(source: string): string {
  return `CASE WHEN contains(${source}, '_') THEN NULL ELSE TRY_CAST(${source} AS DOUBLE) END`;
}

/** `78.0` is the integer 78; `78.5` is none. Beyond 2^53 doubles skip integers. */
function whole(number: string): string {
  return `CASE WHEN ${number} = floor(${number}) AND abs(${number}) <= 9007199254740992 THEN CAST(${number} AS BIGINT) END`;
}

/**
 * Whether a text is one of a list. Not `IN`: DuckDB makes a join of a long IN, and a join doesn't keep the order of the rows, which the staged
 * table's row ids stand for.
 */
export function isOneOf(text: string, list: readonly string[]): string {
  return `list_contains([${list.map(textLiteral).join(', ')}], ${text})`;
}

/** Spotify's URI and link as the id that they hold. */
function trackId(text: string): string {
  return `CASE WHEN starts_with(${text}, 'spotify:track:') THEN substr(${text}, 15)
    WHEN starts_with(${text}, 'http') THEN coalesce(nullif(regexp_extract(${text}, '^https?://open\\.spotify\\.com/(?:[^/]+/)?track/([A-Za-z0-9]+)', 1), ''), ${text})
    ELSE ${text} END`;
}

/** Trimming costs DuckDB as much as parsing ten numbers: cells that neither begin nor end with a blank are left alone. */
function trimmed(text: string): string {
  const ends = BLANKS.map((blank) => `NOT ends_with(${text}, ${textLiteral(blank)})`).join(' AND ');
  return `CASE WHEN ${text} >= '!' AND ${ends} THEN ${text} ELSE trim(${text}, ${textLiteral(BLANKS.join(''))}) END`;
}

/** Whether a text is nothing but blanks. All of them sort before '!'. */
function isBlank(text: string): string {
  return `CASE WHEN ${text} >= '!' THEN false ELSE coalesce(${trimmed(text)}, '') = '' END`;
}
