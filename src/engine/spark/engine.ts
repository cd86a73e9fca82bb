import type { Cluster, ClusterColumn, ClusterFile } from '../cluster.js';
import type { SparkAddress } from './address.js';
import type { SparkValue } from './arrow-values.js';
import { STANDARD_SQL, sparkDialect } from './dialect.js';
import { arrowStream } from './local-rows.js';
import { createView, exactPath, localRows, project, query, readFiles, writeFiles } from './plan.js';
import type { Relation } from './proto/spark/connect/relations_pb.js';
import { identifier } from './quoting.js';
import { SparkServerError } from './server-error.js';
import { openSparkSession, type SessionOptions } from './session.js';

/** Bytes of a file that are one value of a result: a message holds a few of them. */
const PIECE_BYTES = 8 << 20;

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
  let isCut = false;
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
  const read = (
    format: 'text' | 'parquet' | 'binaryFile',
    paths: readonly string[],
    columns: readonly string[],
  ): Promise<string> =>
    named(
      project(
        readFiles({
          format,
          paths: paths.map(exactPath),
          options: format === 'text' ? { lineSep: '\n' } : {},
        }),
        columns,
      ),
    );

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
    parquet: (paths) => named(readFiles({ format: 'parquet', paths: paths.map(exactPath) })),
    writeParquet: (sql, path) =>
      session.run(writeFiles(query(sql), { format: 'parquet', path, mode: 'error' })),
    async files(path, isGlob) {
      const files = readFiles({
        format: 'binaryFile',
        paths: [isGlob ? path : exactPath(path)],
        options: { recursiveFileLookup: 'true' },
      });
      const facts = [
        'path',
        '_metadata.file_path AS uri',
        'length',
        'CAST(modificationTime AS STRING) AS changed',
      ];
      const found = await orUndefined(session.rows(project(files, facts)));
      const listed = found
        ?.map(
          (row): ClusterFile => ({
            path: String(row['path']),
            uri: String(row['uri']),
            bytes: Number(row['length']),
            changed: String(row['changed']),
          }),
        )
        .toSorted((a, b) => (a.path < b.path ? -1 : 1));
      if (listed !== undefined && !isCut) {
        const bytes = listed.reduce((sum, file) => sum + file.bytes, 0);
        const block = String(blockBytes ?? blockBytesFor(bytes));
        await session.set({ 'spark.sql.files.maxPartitionBytes': block });
        isCut = true;
      }
      return listed;
    },
    lines: (paths) =>
      read('text', paths, [
        '_metadata.file_path AS `#path`',
        '_metadata.file_block_start AS `#block`',
        'monotonically_increasing_id() AS `#id`',
        'value AS `#text`',
      ]),
    contents: (paths) =>
      read('binaryFile', paths, [
        '_metadata.file_path AS `#path`',
        'length AS `#bytes`',
        'content AS `#content`',
      ]),
    async *pieces(paths) {
      const contents = await cluster.contents(paths);
      const numbers = `explode(sequence(0, CAST(floor(greatest("#bytes" - 1, 0) / ${PIECE_BYTES}) AS INT)))`;
      for await (const rows of session.batches(
        query(`SELECT "#path" AS uri, piece, substring("#content", 1 + piece * ${PIECE_BYTES}, ${PIECE_BYTES}) AS bytes
          FROM (SELECT *, ${numbers} AS piece FROM ${contents})`),
      )) {
        for (const { uri, piece, bytes } of rows)
          yield { uri: String(uri), offset: Number(piece) * PIECE_BYTES, bytes: bytes as Uint8Array };
      }
    },
    tables: (paths) =>
      read('parquet', paths, ['*', '_metadata.file_path AS `#path`', '_metadata.row_index AS `#row`']),
    columns: async (from) =>
      (await session.columns(query(`SELECT * FROM ${from}`))).map(({ name, type }) => ({
        name,
        kind: KINDS[type] ?? 'other',
      })),
    upload: (rows) => named(localRows(arrowStream(rows))),
    view: (sql) => named(query(sql)),
    write: (sql, folder, rowsPerFile) =>
      session.run(
        writeFiles(query(sql), {
          format: 'parquet',
          path: folder,
          mode: 'overwrite',
          options: {
            compression: 'zstd',
            // dictionaries save room and cost time
            ...(rowsPerFile === undefined
              ? { 'parquet.enable.dictionary': 'false' }
              : { maxRecordsPerFile: String(rowsPerFile) }),
          },
        }),
      ),
    isReadingFault: (error) =>
      READING_FAULT.test(conditionOf(error) ?? '') || READING_FAULT.test(causeOf(error)?.message ?? ''),
    close: () => session.close(),
  };
  return cluster;
}

/** How large the blocks are that large files are read in: some hundreds in all, so that every core has some, but none too small. */
function blockBytesFor(bytes: number): number {
  return Math.min(128 << 20, Math.max(8 << 20, Math.ceil(bytes / 512)));
}

/** Conditions of files that can't be read, of Spark 4 and of 3.5. */
const READING_FAULT =
  /FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|readParquetFooters|_LEGACY_ERROR_TEMP_20(62|63|64)/;

function conditionOf(error: unknown): string | undefined {
  return causeOf(error)?.condition;
}

function causeOf(error: unknown): SparkServerError | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof SparkServerError ? cause : undefined;
}

/** What a question for files brings, unless there are none of that name. */
async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (conditionOf(error) === 'PATH_NOT_FOUND') return undefined;
    throw error;
  }
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
