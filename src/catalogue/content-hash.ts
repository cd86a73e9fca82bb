import { sha256 } from '../core/hash.js';
import { doubleLiteral } from '../engine/sql.js';
import type { SqlEngine } from '../engine/sql-engine.js';
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
  engine: SqlEngine,
  rows: string,
  contract: FeatureContract,
): Promise<string> {
  const [sums] = await engine.rows(engine.dialect.digestSums(rowText(contract), rows));
  return hashOfSums({
    rows: BigInt(String(sums!['rows'])),
    lane1: BigInt(String(sums!['lane1'])),
    lane2: BigInt(String(sums!['lane2'])),
  });
}

export function hashOfSums({ rows, lane1, lane2 }: ContentSums): string {
  return sha256(`segue-rows/1|${rows}|${lane1}|${lane2}`);
}

function rowText(contract: FeatureContract): string {
  const features = contract.features.map(({ name }) => scaled(value(name)));
  const asFeature = contract.features.some(({ name }) => name === 'popularity');
  const popularity = asFeature ? "''" : `coalesce(CAST(${value('popularity')} AS STRING), '')`;
  return `concat(${[value('track_id'), ...features, popularity].join(`, '|', `)})`;
}

/** A number as text that is the same in every engine: see `contentHash`. */
export function scaled(x: string): string {
  return `CASE WHEN abs(${x}) < ${doubleLiteral(2 ** 22)} THEN CAST(CAST(floor(${x} * ${doubleLiteral(2 ** 40)}) AS BIGINT) AS STRING)
    WHEN abs(${x}) < ${doubleLiteral(2 ** 62)} THEN concat('f', CAST(CAST(floor(${x}) AS BIGINT) AS STRING)) ELSE 'h' END`;
}
