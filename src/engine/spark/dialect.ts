import { doubleLiteral } from '../sql.js';
import type { Dialect } from '../sql-engine.js';

/** Settings of a session by which Spark takes SQL as the standard has it: names in double quotes, overflow and bad casts as errors. */
export const STANDARD_SQL: Readonly<Record<string, string>> = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.session.timeZone': 'UTC',
};

export const sparkDialect: Dialect = {
  textLiteral: (text) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`,
  digestSums: (text, from) => `
    SELECT count(*) AS "rows", ${exactSum(1)} AS lane1, ${exactSum(16)} AS lane2
    FROM (SELECT md5(${text}) AS digest FROM ${from})`,
  // The result of a subquery is an object beside the code that Spark compiles, where literals are text of it. A join with the one row would
  // be a job more for each query.
  withNumbers: (numbers, from) => ({
    from: `(SELECT *, (SELECT "numbers" FROM (VALUES (array(${numbers.map(doubleLiteral).join(', ')}))) AS t ("numbers")) AS "#numbers" FROM ${from})`,
    expressions: numbers.map((_, i) => `"#numbers"[${i}]`),
  }),
};

/** The sum of 15 hexadecimal digits as text: beyond a BIGINT it is a DECIMAL, which Arrow has and JSON would not. */
function exactSum(firstDigit: number): string {
  const digits = `CAST(conv(substr(digest, ${firstDigit}, 15), 16, 10) AS DECIMAL(20, 0))`;
  return `CAST(coalesce(sum(${digits}), 0) AS STRING)`;
}
