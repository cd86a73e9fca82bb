import { doubleLiteral, textLiteral } from '../sql.js';
import type { Dialect } from '../sql-engine.js';

export const duckdbDialect: Dialect = {
  textLiteral,
  digestSums: (text, from) => `
    SELECT count(*) AS "rows", coalesce(sum(CAST(head >> 4 AS BIGINT)), 0) AS lane1,
      coalesce(sum(CAST(((head & 15) << 56) | (tail >> 8) AS BIGINT)), 0) AS lane2
    FROM ${digestHalves(`(SELECT md5_number(${text}) AS digest FROM ${from})`)}`,
  // SQL reads underscores between digits, which no file means
  number: (text) => `CASE WHEN contains(${text}, '_') THEN NULL ELSE TRY_CAST(${text} AS DOUBLE) END`,
  plainNumber: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  arePlainNumbers: (texts) => texts.map((text) => `NOT contains(${text}, '_')`).join(' AND '),
  integer: (number) => `CAST(${number} AS BIGINT)`,
  endsWith: (text, end) => `ends_with(${text}, ${textLiteral(end)})`,
  trimmed: (text, characters) => `trim(${text}, ${textLiteral(characters)})`,
  // not IN: DuckDB makes a join of a long one, and a join doesn't keep the order of the rows
  isOneOf: (text, list) => `list_contains([${list.map(textLiteral).join(', ')}], ${text})`,
  failure: (message) => `error(${textLiteral(message)})`,
  // it compiles nothing
  withNumbers: (numbers, from) => ({ from, expressions: numbers.map(doubleLiteral) }),
};

/**
 * Digits 1 to 16 and 17 to 32 of each digest as the numbers `head` and `tail`. DuckDB reads a digest as a number from its last byte to
 * its first, so both are turned around, by swapping bytes, then pairs, then fours: half the time of reading the digits as text.
 */
function digestHalves(digests: string): string {
  let halves = `(SELECT CAST(digest & CAST(${2n ** 64n - 1n} AS UHUGEINT) AS UBIGINT) AS head, CAST(digest >> 64 AS UBIGINT) AS tail FROM ${digests})`;
  for (const [bits, mask] of [
    [8, 0x00ff00ff00ff00ffn],
    [16, 0x0000ffff0000ffffn],
    [32, 0x00000000ffffffffn],
  ] as const) {
    const swapped = ['head', 'tail'].map(
      (half) =>
        `((${half} & CAST(${mask} AS UBIGINT)) << ${bits}) | ((${half} >> ${bits}) & CAST(${mask} AS UBIGINT)) AS ${half}`,
    );
    halves = `(SELECT ${swapped.join(', ')} FROM ${halves})`;
  }
  return halves;
}
