import { open } from 'node:fs/promises';
import type { DatasetFiles } from '../core/home.js';
import { allDone } from '../engine/all-done.js';
import type { Database } from '../engine/duckdb/database.js';
import { pathLiteral, textLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { knownColumns } from './known-columns.js';
import { REASON, STAGED, TEST } from './stage.js';

/**
 * How Parquet is written. Level 1 of zstd is a fifth faster than DuckDB's level 3 for a twentieth more bytes.
 */
export const PARQUET = '(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)';

/**
 * Writes the kept rows as X and y of either side, sorted by track id, so that row i of X is row i of y and nothing that follows depends on
 * the order of the source. X: track_id, the other known columns but popularity, the features. y: track_id, popularity.
 */
export async function writeDataset(
  database: Database,
  contract: FeatureContract,
  out: DatasetFiles,
): Promise<void> {
  const { x, y } = datasetColumns(contract);
  const flushed: Promise<void>[] = []; // the disk has its time while the next file is made
  for (const [columns, side, path] of [
    [x, `NOT ${TEST}`, out.xTrain],
    [y, `NOT ${TEST}`, out.yTrain],
    [x, TEST, out.xTest],
    [y, TEST, out.yTest],
  ] as const) {
    await database.run(`
      COPY (SELECT ${columns.map(value).join(', ')} FROM ${STAGED} WHERE ${REASON} = 0 AND ${side} ORDER BY ${value('track_id')})
      TO ${textLiteral(path)} ${PARQUET}`);
    const flush = syncFile(path);
    flush.catch(() => {}); // told below, unless a later file fails first
    flushed.push(flush);
  }
  await allDone(flushed);
}

/** Names of the columns of X and y. */
export function datasetColumns(contract: FeatureContract): { readonly x: string[]; readonly y: string[] } {
  const names = knownColumns(contract).map(({ name }) => name);
  const features = new Set(contract.features.map(({ name }) => name));
  return {
    x: names.filter((name) => name !== 'popularity' || features.has(name)),
    y: ['track_id', 'popularity'],
  };
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
