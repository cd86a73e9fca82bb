import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { textLiteral } from '#segue/engine/sql.js';
import { describeEngine } from './engine-suite.js';
import { describeTraining } from './training-suite.js';

const scratch = await mkdtemp(join(tmpdir(), 'segue-'));
const database = await openDatabase({ scratch, memoryLimit: '512MB', threads: 2 });
afterAll(async () => {
  await database.close();
  await rm(scratch, { recursive: true });
});

describeEngine(
  'DuckDB',
  () => database,
  (sql, path) => database.run(`COPY (${sql}) TO ${textLiteral(path)} (FORMAT parquet)`),
);
describeTraining('DuckDB', () => database);
