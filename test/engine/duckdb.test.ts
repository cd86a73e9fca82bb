import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { describeEngine } from './engine-suite.js';
import { describeTraining } from './training-suite.js';

const scratch = await mkdtemp(join(tmpdir(), 'segue-'));
const database = await openDatabase({ scratch, memoryLimit: '512MB', threads: 2 });
afterAll(async () => {
  await database.close();
  await rm(scratch, { recursive: true });
});

describeEngine('DuckDB', () => database);
describeTraining('DuckDB', () => database);
