import type { ClusterDialect } from '../cluster.js';
import { doubleLiteral } from '../sql.js';

/** Settings of a session: SQL as the standard has it, with names in double quotes, overflow and bad casts as errors; and what such SQL needs. */
export const STANDARD_SQL: Readonly<Record<string, string>> = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.session.timeZone': 'UTC',
  // HotSpot never compiles a longer method but interprets it, and rules make long ones; Spark's own limit leaves them whole
  'spark.sql.codegen.hugeMethodLimit': '8000',
  // with `maxPartitionBytes` alone, files are cut alike however many executors there are
  'spark.sql.files.minPartitionNum': '1',
  // text of programs that don't mark it as text
  'spark.sql.parquet.binaryAsString': 'true',
};

const BLANK = '[ \\t\\n\\u000B\\f\\r]*';
/** What a number looks like to people; Java's own reading takes `12f` and `0x1p3` as well. */
const NUMBER = `^${BLANK}[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?${BLANK}$`;
const NO_FINITE_NUMBER = `(?i)^${BLANK}[+-]?(?:inf|infinity|nan)${BLANK}$`;

/** @param version of Spark: `4.1.4` */
export function sparkDialect(version: string): ClusterDialect {
  return version.startsWith('3.') ? { ...dialect, isUtf8: isUtf8By3 } : dialect;
}

const dialect: ClusterDialect = {
  textLiteral,
  digestSums: (text, from) => `
    SELECT count(*) AS "rows", ${exactSum('first')} AS lane1, ${exactSum('second')} AS lane2
    FROM (SELECT ${numberAt(1)} AS first, ${numberAt(16)} AS second FROM (SELECT md5(${text}) AS digest FROM ${from}))`,
  number: (text) =>
    `CASE WHEN ${matches(text, NUMBER)} THEN TRY_CAST(${text} AS DOUBLE)
      WHEN ${matches(text, NO_FINITE_NUMBER)} THEN TRY_CAST(replace(trim(lower(${text})), '+', '') AS DOUBLE) END`,
  plainNumber: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  // Java reads `12f`, `12d` and `0x1p3` as numbers
  arePlainNumbers: (texts) => `NOT ${matches(`concat_ws('', ${texts.join(', ')})`, '[DFXdfx]')}`,
  integer: (number) => `TRY_CAST(${number} AS BIGINT)`,
  endsWith: (text, end) => `endswith(${text}, ${textLiteral(end)})`,
  trimmed: (text, characters) => `trim(BOTH ${textLiteral(characters)} FROM ${text})`,
  isOneOf: (text, list) => `coalesce(${text} IN (${list.map(textLiteral).join(', ')}), false)`,
  failure: (message) => `raise_error(${textLiteral(message)})`,
  matches,
  isUtf8: (text) => `is_valid_utf8(${text})`,
  // a pattern of one character, or one behind a backslash, is no regular expression to Java, and takes half the time
  split: (text, delimiter) => `split(${text}, ${textLiteral(delimiter === '|' ? '\\|' : delimiter)}, -1)`,
  matchesOf: (text, pattern) => `regexp_extract_all(${text}, ${textLiteral(pattern)}, 1)`,
  distinct: (number) => `concat_ws(',', collect_set(CAST(${number} AS STRING)))`,
  mapped: (list, item) => `transform(${list}, "#item" -> ${item('"#item"')})`,
  item: (list, i) => `get(${list}, ${i})`,
  length: (list) => `size(${list})`,
  joined: (list, separator) => `array_join(CAST(${list} AS ARRAY<STRING>), ${textLiteral(separator)})`,
  struct: (columns) => `struct(${columns.join(', ')})`,
  json: (struct) => `to_json(${struct}, map('ignoreNullFields', 'false'))`,
  // The result of a subquery is an object beside the code that Spark compiles, where literals are text of it. A join with the one row would
  // be a job more for each query.
  withNumbers: (numbers, from) => ({
    from: `(SELECT *, (SELECT "numbers" FROM (VALUES (array(${numbers.map(doubleLiteral).join(', ')}))) AS t ("numbers")) AS "#numbers" FROM ${from})`,
    expressions: numbers.map((_, i) => `"#numbers"[${i}]`),
  }),
};

function textLiteral(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}

function matches(text: string, pattern: string): string {
  return `${text} RLIKE ${textLiteral(pattern)}`;
}

/** Before 4.0 there is no function for it; only what makes a new text of a text looks at its bytes, and puts U+FFFD in place of others. */
function isUtf8By3(text: string): string {
  return `NOT (${matches(text, '\uFFFD')} AND CAST(regexp_replace(${text}, '$', '') AS BINARY) <> CAST(${text} AS BINARY))`;
}

/** 15 hexadecimal digits of a digest as a number. */
function numberAt(firstDigit: number): string {
  return `CAST(conv(substr(digest, ${firstDigit}, 15), 16, 10) AS BIGINT)`;
}

/**
 * The exact sum of such numbers as text: JSON has no number so long. A BIGINT holds the sum of either half of them for 2^33 rows, and takes
 * a fraction of what adding DECIMALs takes; one row more is an error.
 */
function exactSum(number: string): string {
  const [high, low] = [`sum(shiftright(${number}, 30))`, `sum(${number} & ${2 ** 30 - 1})`];
  return `CAST(coalesce(${high}, 0) * CAST(${2 ** 30} AS DECIMAL(20, 0)) + coalesce(${low}, 0) AS STRING)`;
}
