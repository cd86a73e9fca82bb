import { type Database, type EngineOptions, openDatabase } from '../engine/duckdb/database.js';
import { pathLiteral } from '../engine/sql.js';
import type { NumberChunk } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { rowsStored } from './write-dataset.js';

/** Rows of numbers that come in chunks, as often as they are asked for, always in the same order. */
export interface FeatureStream {
  readonly names: readonly string[];
  readonly rows: number;
  /** One array per name, valid until the next chunk is asked for. */
  chunks(): AsyncIterable<NumberChunk>;
}

/**
 * The features of a Parquet file that T1 wrote, in the order of its rows. They are decoded by the SQL engine's threads while the caller
 * works on the chunk before; nothing is held but a few chunks. No other column is read.
 */
export async function streamFeatures(
  parquetPath: string,
  contract: FeatureContract,
  engine: EngineOptions,
): Promise<FeatureStream> {
  const names = contract.features.map(({ name }) => name);
  const numbers = names.map((name) => `CAST(${value(name)} AS DOUBLE)`).join(', ');
  const sql = `SELECT ${numbers} FROM read_parquet(${pathLiteral(parquetPath)})`;
  return {
    names,
    rows: await withDatabase(engine, (database) => rowsStored(database, parquetPath)),
    async *chunks() {
      const database = await openDatabase(engine);
      try {
        yield* database.chunks(sql);
      } finally {
        await database.close();
      }
    },
  };
}

/**
 * As `streamFeatures`, with the popularity of each track as one more column, NaN where it isn't known.
 *
 * @param files X and y, whose rows correspond
 */
export async function streamWithPopularity(
  files: { readonly x: string; readonly y: string },
  contract: FeatureContract,
  engine: EngineOptions,
): Promise<FeatureStream> {
  const { names, rows } = await streamFeatures(files.x, contract, engine);
  const numbers = names.map((name) => `CAST(x.${value(name)} AS DOUBLE)`).join(', ');
  const sql = `
    SELECT ${numbers}, coalesce(CAST(y.popularity AS DOUBLE), 'NaN'::DOUBLE)
    FROM read_parquet(${pathLiteral(files.x)}) AS x POSITIONAL JOIN read_parquet(${pathLiteral(files.y)}) AS y`;
  return {
    names: [...names, 'popularity'],
    rows,
    async *chunks() {
      const database = await openDatabase(engine);
      try {
        yield* database.chunks(sql);
      } finally {
        await database.close();
      }
    },
  };
}

async function withDatabase<T>(engine: EngineOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(engine);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What people want to see of a track. Null where the catalogue doesn't say. */
export interface TrackText {
  readonly track_id: string;
  readonly artist_name: string | null;
  readonly track_name: string | null;
  readonly genre: string | null;
  readonly popularity: number | null;
}

/**
 * Reads a few tracks by their position in X (and y, whose rows correspond), in the order asked for.
 *
 * @throws RangeError for a position beyond the file
 */
export async function readTracks(
  files: { readonly x: string; readonly y: string },
  rowIndexes: readonly number[],
  engine: EngineOptions,
): Promise<TrackText[]> {
  if (rowIndexes.length === 0) return [];
  const among = `file_row_number IN (${rowIndexes.map(String).join(', ')})`;
  const names = ['track_id', 'artist_name', 'track_name', 'genre']
    .map((name) => `x.${value(name)}`)
    .join(', ');
  const database = await openDatabase(engine);
  try {
    const rows = await database.rows(`
      SELECT x.file_row_number AS row_index, ${names}, CAST(y.popularity AS DOUBLE) AS popularity
      FROM (SELECT * FROM ${numbered(files.x)} WHERE ${among}) AS x
      JOIN (SELECT * FROM ${numbered(files.y)} WHERE ${among}) AS y USING (file_row_number)`);
    const byIndex = new Map(
      rows.map(({ row_index: at, ...track }) => [Number(at), track as unknown as TrackText]),
    );
    return rowIndexes.map((at) => {
      const track = byIndex.get(at);
      if (track === undefined) throw new RangeError(`no row ${at} in ${files.x}`);
      return track;
    });
  } finally {
    await database.close();
  }
}

/**
 * Reads the features of a few rows by their position in X, in the order asked for.
 *
 * @returns an array for each row, in the contract's order and units
 * @throws RangeError for a position beyond the file
 */
export async function readFeatures(
  parquetPath: string,
  rowIndexes: readonly number[],
  contract: FeatureContract,
  engine: EngineOptions,
): Promise<number[][]> {
  if (rowIndexes.length === 0) return [];
  const names = contract.features.map(({ name }) => name);
  const numbers = names.map((name, j) => `CAST(${value(name)} AS DOUBLE) AS f${j}`).join(', ');
  const rows = await withDatabase(engine, (database) =>
    database.rows(`
      SELECT file_row_number AS row_index, ${numbers} FROM ${numbered(parquetPath)}
      WHERE file_row_number IN (${rowIndexes.map(String).join(', ')})`),
  );
  const byIndex = new Map(
    rows.map((row) => [Number(row['row_index']), names.map((_, j) => Number(row[`f${j}`]))]),
  );
  return rowIndexes.map((at) => {
    const features = byIndex.get(at);
    if (features === undefined) throw new RangeError(`no row ${at} in ${parquetPath}`);
    return features;
  });
}

function numbered(path: string): string {
  return `read_parquet(${pathLiteral(path)}, file_row_number = true)`;
}
