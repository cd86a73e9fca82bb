import { open } from 'node:fs/promises';
import type { DatasetFiles } from '../core/home.js';
import type { Database } from '../engine/database.js';
import { pathLiteral, textLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { knownColumns } from './known-columns.js';
import { isTestSql, type SplitOptions } from './split.js';
import { REASON, STAGED } from './stage.js';

/**
 * Writes the kept rows as X and y of either side, sorted by track id, so that row i of X is row i of y and nothing that follows depends on
 * the order of the source. X: track_id, the other known columns but popularity, the features. y: track_id, popularity.
 */
export async function writeDataset(
  database: Database,
  contract: FeatureContract,
  split: SplitOptions,
  out: DatasetFiles,
): Promise<void> {
  const isTest = isTestSql(split, value('track_id'));
  const names = knownColumns(contract).map(({ name }) => name);
  const features = new Set(contract.features.map(({ name }) => name));
  const x = names.filter((name) => name !== 'popularity' || features.has(name));
  const write = (columns: readonly string[], side: string, path: string): Promise<void> =>
    copySorted(database, columns, `${REASON} = 0 AND ${side}`, path);
  await write(x, `NOT (${isTest})`, out.xTrain);
  await write(['track_id', 'popularity'], `NOT (${isTest})`, out.yTrain);
  await write(x, isTest, out.xTest);
  await write(['track_id', 'popularity'], isTest, out.yTest);
}

async function copySorted(
  database: Database,
  columns: readonly string[],
  where: string,
  path: string,
): Promise<void> {
  await database.run(`
    COPY (SELECT ${columns.map(value).join(', ')} FROM ${STAGED} WHERE ${where} ORDER BY ${value('track_id')})
    TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`);
  await syncFile(path);
}

/** Rows in a Parquet file, as its end tells. */
export async function rowsStored(database: Database, path: string): Promise<number> {
  const [stored] = await database.rows(
    `SELECT coalesce(sum(num_rows), 0) AS rows FROM parquet_file_metadata(${pathLiteral(path)})`,
  );
  return Number(stored!['rows']);
}

/** Flushes a file to disk, so that a rename after it can't outlive it. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
