import type { Cell, SqlEngine } from '../sql-engine.js';
import type { SparkAddress } from './address.js';
import type { SparkValue } from './arrow-values.js';
import { STANDARD_SQL, sparkDialect } from './dialect.js';
import { createView, exactPath, query, readFiles, writeFiles } from './plan.js';
import { identifier } from './quoting.js';
import { openSparkSession, type SessionOptions } from './session.js';

/** A Spark cluster as an SQL engine. Paths are the cluster's. */
export interface SparkEngine extends SqlEngine {
  /** Ends its session. */
  close(): Promise<void>;
}

/** @throws SegueError as `openSparkSession` */
export async function openSparkEngine(
  address: SparkAddress,
  options: Omit<SessionOptions, 'settings'> = {},
): Promise<SparkEngine> {
  const session = await openSparkSession(address, { ...options, settings: STANDARD_SQL });
  let views = 0;
  return {
    dialect: sparkDialect,
    rows: async (sql) => (await session.rows(query(sql))).map(cellsOf),
    chunks: (sql) => session.chunks(query(sql)),
    // a path never stands in SQL: the files get a name
    parquet: async (paths) => {
      views += 1;
      const name = `#files ${views}`;
      await session.run(createView(name, readFiles({ format: 'parquet', paths: paths.map(exactPath) })));
      return identifier(name);
    },
    writeParquet: (sql, path) =>
      session.run(writeFiles(query(sql), { format: 'parquet', path, mode: 'error' })),
    close: () => session.close(),
  };
}

/** @throws TypeError for what DuckDB's results don't hold either */
function cellsOf(row: Readonly<Record<string, SparkValue>>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || typeof value !== 'object') return [name, value];
      throw new TypeError(`column ${name} holds neither text nor a number`);
    }),
  );
}
