import { allocateColumns, type Columns } from '../core/columns.js';
import { type EngineOptions, openDatabase } from '../engine/database.js';
import { pathLiteral } from '../engine/sql.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { rowsStored } from './write-dataset.js';

/**
 * Loads the features of a Parquet file that T1 wrote, in the order of its rows, straight into shared columns. No other column is read.
 */
export async function loadFeatures(
  parquetPath: string,
  contract: FeatureContract,
  engine: EngineOptions,
): Promise<Columns> {
  const names = contract.features.map(({ name }) => name);
  const database = await openDatabase(engine);
  try {
    const columns = allocateColumns(names, await rowsStored(database, parquetPath));
    const numbers = names.map((name) => `CAST(${value(name)} AS DOUBLE)`).join(', ');
    let first = 0;
    for await (const chunk of database.chunks(
      `SELECT ${numbers} FROM read_parquet(${pathLiteral(parquetPath)})`,
    )) {
      columns.data.forEach((column, j) => column.set(chunk.columns[j]!, first));
      first += chunk.rows;
    }
    return columns;
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

function numbered(path: string): string {
  return `read_parquet(${pathLiteral(path)}, file_row_number = true)`;
}
