import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** What both sides of the comparison may use. */
export const ENGINE = { memoryLimit: '1GB', threads: 2 } as const;

/** As `ingest` has it. */
const PARQUET = '(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)';

const COLUMNS = {
  index: 'BIGINT',
  artist_name: 'VARCHAR',
  track_name: 'VARCHAR',
  track_id: 'VARCHAR',
  popularity: 'BIGINT',
  year: 'BIGINT',
  genre: 'VARCHAR',
  danceability: 'DOUBLE',
  energy: 'DOUBLE',
  key: 'VARCHAR',
  loudness: 'DOUBLE',
  mode: 'VARCHAR',
  speechiness: 'DOUBLE',
  acousticness: 'DOUBLE',
  instrumentalness: 'DOUBLE',
  liveness: 'DOUBLE',
  valence: 'DOUBLE',
  tempo: 'DOUBLE',
  duration_ms: 'BIGINT',
  time_signature: 'BIGINT',
};
/** The columns of X, as `ingest` orders them. */
const X = `track_id, artist_name, track_name, year, genre, energy, key, loudness, mode, acousticness, liveness, duration_ms,
  time_signature, instrumentalness, speechiness, danceability, valence, tempo`;

/** The rows that pass the rules which one row alone can break. */
function cleanRows(catalogue: string): string {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `'${name}': '${type}'`);
  const present = Object.keys(COLUMNS)
    .filter((name) => name !== 'index')
    .map((name) => `${name} IS NOT NULL`);
  return `
    FROM read_csv('${catalogue}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${columns.join(', ')}})
    WHERE ${present.join(' AND ')} AND instrumentalness >= 0 AND speechiness >= 0
      AND danceability BETWEEN 0 AND 1 AND valence BETWEEN 0 AND 1 AND tempo BETWEEN 40 AND 250`;
}

/**
 * What `ingest` does to a tidy catalogue as one would write it in DuckDB's SQL. Of the ways that were tried this is the fastest: a
 * window function over the ids, DISTINCT ON, and a sorted table before the copies all take longer.
 */
function sameQuery(catalogue: string, out: string): string[] {
  const copy = (columns: string, side: string, name: string): string =>
    `COPY (SELECT ${columns} FROM kept WHERE ${side} ORDER BY track_id)
     TO '${join(out, name)}' ${PARQUET}`;
  return [
    `CREATE TABLE kept AS
     SELECT ${X}, popularity, substr(md5(concat('42|', track_id)), 1, 8) < '33333333' AS test ${cleanRows(catalogue)}`,
    'DELETE FROM kept WHERE rowid NOT IN (SELECT min(rowid) FROM kept GROUP BY track_id)',
    copy(X, 'NOT test', 'X_train.parquet'),
    copy('track_id, popularity', 'NOT test', 'y_train.parquet'),
    copy(X, 'test', 'X_test.parquet'),
    copy('track_id, popularity', 'test', 'y_test.parquet'),
  ];
}

/** The least that could be called cleaning: neither repeated tracks nor an order nor a split. */
function simplestCopy(catalogue: string, out: string): string[] {
  return [
    `COPY (SELECT ${X}, popularity ${cleanRows(catalogue)})
     TO '${join(out, 'clean.parquet')}' ${PARQUET}`,
  ];
}

/** Runs DuckDB alone on a catalogue as `segue generate` writes it. */
export async function cleanWithDuckdb(
  kind: 'same query' | 'simplest copy',
  catalogue: string,
  out: string,
  scratch: string,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: ENGINE.memoryLimit,
    threads: String(ENGINE.threads),
    temp_directory: scratch,
  });
  const connection = await instance.connect();
  const script = kind === 'same query' ? sameQuery(catalogue, out) : simplestCopy(catalogue, out);
  for (const sql of script) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
