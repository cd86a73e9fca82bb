import { doubleLiteral, textLiteral } from '../sql.js';
import type { Dialect } from '../sql-engine.js';

export const duckdbDialect: Dialect = {
  textLiteral,
  digestSums: (text, from) => `
    SELECT count(*) AS "rows", coalesce(sum(CAST(head >> 4 AS BIGINT)), 0) AS lane1,
      coalesce(sum(CAST(((head & 15) << 56) | (tail >> 8) AS BIGINT)), 0) AS lane2
    FROM ${digestHalves(`(SELECT md5_number(${text}) AS digest FROM ${from})`)}`,
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
