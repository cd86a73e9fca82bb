import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { pathLiteral } from '../sql.js';
import type { Cell, NumberChunk, SqlEngine } from '../sql-engine.js';
import { duckdbDialect } from './dialect.js';
import { checkMemoryLimit, isOutOfMemory, outOfMemory } from './memory.js';
import { numbersOf } from './number-chunks.js';
import { type RecordChunk, recordsOf } from './record-chunks.js';
import { streamChunks } from './stream-chunks.js';

/** What the SQL engine may use. */
export interface EngineOptions {
  /** Folder for what doesn't fit into memory; made if absent. What the engine writes there is removed when it closes. */
  readonly scratch: string;
  /** Memory for data, as DuckDB writes it: `1GB`. Beyond it tables and sorts go to `scratch`. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Stops the query under way; the work then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** An SQL engine in this process, with tables of its own that last until `close`. */
export interface Database extends SqlEngine {
  /** Folder for scratch files of the work that uses this database; removed by `close`. */
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
  /** Runs a statement for its effect. */
  run(sql: string): Promise<void>;
  /** In the order of the rows. Nothing else may use this database meanwhile. */
  chunks(sql: string): AsyncIterable<NumberChunk>;
  /** As `chunks`, for columns of DOUBLE, without NULL, and of VARCHAR. */
  records(sql: string): AsyncIterable<RecordChunk>;
  /** Appends to a table of this database. Rows are there after `finish`. */
  append(table: string): Promise<TableWriter>;
  /**
   * Does work with a second connection to the same tables, so that it may run beside the work of this one.
   *
   * @param work sees what was committed before; what it changes is seen once it is done
   */
  beside<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Closes the engine and removes its scratch files. */
  close(): Promise<void>;
}

export interface TableWriter {
  /** A row's values in the order of the table's columns: text for VARCHAR, bigint for BIGINT. */
  row(values: readonly (string | bigint | null)[]): void;
  finish(): void;
}

/** Opens an empty database in memory that spills to `scratch`. The caller closes it. */
export async function openDatabase(options: EngineOptions): Promise<Database> {
  options.signal?.throwIfAborted();
  checkMemoryLimit(options.memoryLimit);
  await mkdir(options.scratch, { recursive: true });
  const scratch = await mkdtemp(join(options.scratch, 'sql-'));
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: options.memoryLimit,
      threads: String(options.threads),
      temp_directory: join(scratch, 'spill'),
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const first = await connect(instance, scratch, options);
    return {
      ...first,
      close: async () => {
        await first.close();
        instance.closeSync();
        await rm(scratch, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

/** A connection, whose `close` closes it alone. */
async function connect(instance: DuckDBInstance, scratch: string, options: EngineOptions): Promise<Database> {
  const connection = await instance.connect();
  const { signal } = options;
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });

  const faultOf = (error: unknown): unknown => {
    if (signal?.aborted === true) return signal.reason;
    return isOutOfMemory(error) ? outOfMemory(options, error) : error;
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw faultOf(error);
    }
  };
  async function* guardedChunks<Chunk>(
    sql: string,
    view: (chunk: DuckDBDataChunk) => Chunk,
  ): AsyncGenerator<Chunk, void, undefined> {
    signal?.throwIfAborted();
    try {
      yield* streamChunks(connection, sql, signal, view);
    } catch (error) {
      throw faultOf(error);
    }
  }

  const database: Database = {
    dialect: duckdbDialect,
    scratch,
    signal,
    run: (sql) =>
      guarded(async () => {
        await connection.run(sql);
      }),
    rows: (sql) => guarded(async () => (await connection.runAndReadAll(sql)).getRowObjects().map(cellsOf)),
    chunks: (sql) => guardedChunks(sql, numbersOf),
    records: (sql) => guardedChunks(sql, recordsOf),
    parquet: async (paths) => `read_parquet([${paths.map(pathLiteral).join(', ')}])`,
    append: async (table) => {
      const appender = await connection.createAppender(table);
      return {
        row: (values) => {
          for (const value of values) {
            if (value === null) appender.appendNull();
            else if (typeof value === 'string') appender.appendVarchar(value);
            else appender.appendBigInt(value);
          }
          appender.endRow();
        },
        finish: () => appender.closeSync(),
      };
    },
    beside: async (work) => {
      const other = await connect(instance, scratch, options);
      try {
        return await work(other);
      } finally {
        await other.close();
      }
    },
    close: async () => {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
    },
  };
  return database;
}

function cellsOf(row: Record<string, DuckDBValue>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value))
        return [name, value as Cell];
      throw new TypeError(`column ${name} holds neither text nor a number`);
    }),
  );
}
