import type { Database } from '../engine/duckdb/database.js';
import { pathLiteral } from '../engine/sql.js';
import type { NumberChunk } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { REASON, STAGED } from './stage.js';

/** The features of the kept rows of a staged catalogue, in the order of the source, a column each. */
export function featuresOfKept(database: Database, contract: FeatureContract): AsyncIterable<NumberChunk> {
  const numbers = contract.features.map(({ name }) => `CAST(${value(name)} AS DOUBLE)`).join(', ');
  return database.chunks(`SELECT ${numbers} FROM ${STAGED} WHERE ${REASON} = 0`);
}

/**
 * How many of the kept rows are tracks of earlier datasets.
 *
 * @param parquetPaths X files that T1 wrote
 */
export async function knownTracks(database: Database, parquetPaths: readonly string[]): Promise<number> {
  const paths = parquetPaths.map(pathLiteral).join(', ');
  const [counted] = await database.rows(`
    SELECT count(*) AS known FROM ${STAGED}
    WHERE ${REASON} = 0 AND ${value('track_id')} IN (SELECT track_id FROM read_parquet([${paths}]))`);
  return Number(counted!['known']);
}
