import type { Cluster, ClusterColumn } from '../cluster.js';
import type { SparkAddress } from './address.js';
import type { SparkValue } from './arrow-values.js';
import { isReadingFault } from './conditions.js';
import { STANDARD_SQL, sparkDialect } from './dialect.js';
import { blockBytesFor, listFiles, piecesOf, rowsOfFiles } from './files.js';
import { arrowStream } from './local-rows.js';
import { createView, exactPath, localRows, query, readFiles, writeFiles } from './plan.js';
import type { Relation } from './proto/spark/connect/relations_pb.js';
import { identifier } from './quoting.js';
import { openSparkSession, type SessionOptions } from './session.js';

/** How Parquet is written: for one reading, or to be kept. Dictionaries save little room beside compression, and cost time. */
const ONCE = { compression: 'snappy', 'parquet.enable.dictionary': 'false' };
const KEPT = { ...ONCE, compression: 'zstd', 'parquet.compression.codec.zstd.level': '1' };

const KINDS: Readonly<Record<string, ClusterColumn['kind']>> = {
  byte: 'number',
  short: 'number',
  integer: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  decimal: 'number',
  string: 'text',
  array: 'list',
};

export interface SparkEngineOptions extends Omit<SessionOptions, 'settings' | 'onProgress'> {
  /** Bytes of the blocks that large files are read in; for tests. */
  readonly blockBytes?: number;
}

/**
 * Opens a session of a Spark cluster. Paths are the cluster's.
 *
 * @throws SegueError as `openSparkSession`
 */
export async function openSparkEngine(
  address: SparkAddress,
  { blockBytes, ...options }: SparkEngineOptions = {},
): Promise<Cluster> {
  let names = 0;
  const session = await openSparkSession(address, {
    ...options,
    settings: STANDARD_SQL,
    onProgress: ({ tasksDone, tasks }) => cluster.onProgress(tasksDone, tasks),
  });
  /** A name for rows, so that no path stands in SQL. */
  const named = async (relation: Relation): Promise<string> => {
    names += 1;
    const name = `#relation ${names}`;
    await session.run(createView(name, relation));
    return identifier(name);
  };
  const read = (format: 'text' | 'parquet' | 'binaryFile', paths: readonly string[]): Promise<string> =>
    named(rowsOfFiles(format, paths));

  const cluster: Cluster = {
    name: `Spark ${session.version}`,
    dialect: sparkDialect(session.version),
    signal: options.signal,
    onProgress: () => {},
    rows: async (sql) => (await session.rows(query(sql))).map(cellsOf),
    chunks: (sql) => session.chunks(query(sql)),
    async *stream(sql) {
      for await (const rows of session.batches(query(sql))) yield rows.map(cellsOf);
    },
    // folders that don't have all columns in common are read by those that they have, whatever the cluster's own settings
    parquet: (paths) =>
      named(readFiles({ format: 'parquet', paths: paths.map(exactPath), options: { mergeSchema: 'false' } })),
    files: (path, isGlob) => listFiles(session, path, isGlob),
    expect: (bytes) =>
      session.set({ 'spark.sql.files.maxPartitionBytes': String(blockBytes ?? blockBytesFor(bytes)) }),
    lines: (paths) => read('text', paths),
    contents: (paths) => read('binaryFile', paths),
    tables: (paths) => read('parquet', paths),
    async *pieces(paths) {
      yield* piecesOf(session, await read('binaryFile', paths));
    },
    columns: async (from) =>
      (await session.columns(query(`SELECT * FROM ${from}`))).map(({ name, type }) => ({
        name,
        kind: KINDS[type] ?? 'other',
      })),
    upload: (rows) => named(localRows(arrowStream(rows))),
    write: (sql, folder, rowsPerFile) =>
      session.run(
        writeFiles(query(sql), {
          format: 'parquet',
          path: folder,
          mode: 'overwrite',
          options: rowsPerFile === undefined ? ONCE : { ...KEPT, maxRecordsPerFile: String(rowsPerFile) },
        }),
      ),
    isReadingFault,
    close: () => session.close(),
  };
  return cluster;
}

/** @throws TypeError for what is neither text nor a number nor bytes */
function cellsOf(row: Readonly<Record<string, SparkValue>>): Record<string, never> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [name, value];
      throw new TypeError(`column ${name} holds neither text nor a number`);
    }),
  ) as Record<string, never>;
}
