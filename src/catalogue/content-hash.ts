import { sha256 } from '../core/hash.js';
import type { Database } from '../engine/database.js';
import { doubleLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';

/** Sums over the rows of a catalogue that, together, name its content. */
export interface ContentSums {
  readonly rows: bigint;
  readonly lane1: bigint;
  readonly lane2: bigint;
}

/**
 * Hash of a set of cleaned rows, the same for any order of the rows and in any SQL engine:
 *
 * - the text of a row is its track id, each feature in the contract's order, and its popularity (empty if it has none
 *   or is a feature), joined by `|`;
 * - a feature x is written as floor(x * 2^40) if |x| < 2^22, as `f` and floor(x) if |x| < 2^62, and as `h` beyond, so that no engine's
 *   way of printing doubles matters; digits beyond those are not told apart;
 * - digits 1 to 15 and 16 to 30 of the row's md5, as hexadecimal integers, are summed exactly over all rows: two lanes;
 * - the hash is the SHA-256 of `segue-rows/1|rows|lane 1|lane 2`.
 *
 * @param rows a relation with `track_id`, `popularity` and the features
 */
export async function contentHash(
  database: Database,
  rows: string,
  contract: FeatureContract,
): Promise<string> {
  const [sums] = await database.rows(`
    SELECT count(*) AS rows, coalesce(sum(CAST(head >> 4 AS BIGINT)), 0) AS lane1,
      coalesce(sum(CAST(((head & 15) << 56) | (tail >> 8) AS BIGINT)), 0) AS lane2
    FROM ${digestHalves(`(SELECT md5_number(${rowText(contract)}) AS digest FROM ${rows})`)}`);
  return hashOfSums({
    rows: BigInt(String(sums!['rows'])),
    lane1: BigInt(String(sums!['lane1'])),
    lane2: BigInt(String(sums!['lane2'])),
  });
}

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

export function hashOfSums({ rows, lane1, lane2 }: ContentSums): string {
  return sha256(`segue-rows/1|${rows}|${lane1}|${lane2}`);
}

function rowText(contract: FeatureContract): string {
  const features = contract.features.map(({ name }) => scaled(value(name)));
  const asFeature = contract.features.some(({ name }) => name === 'popularity');
  return `concat(${[value('track_id'), ...features, asFeature ? "''" : value('popularity')].join(`, '|', `)})`;
}

function scaled(x: string): string {
  return `CASE WHEN abs(${x}) < ${doubleLiteral(2 ** 22)} THEN CAST(CAST(floor(${x} * ${doubleLiteral(2 ** 40)}) AS BIGINT) AS VARCHAR)
    WHEN abs(${x}) < ${doubleLiteral(2 ** 62)} THEN concat('f', CAST(floor(${x}) AS BIGINT)) ELSE 'h' END`;
}
