import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rejectRepeatedRows } from '#segue/catalogue/repeated-rows.js';
import { rulesFor } from '#segue/catalogue/rules.js';
import { createStage, DETAIL, REASON, STAGED } from '#segue/catalogue/stage.js';
import { silent } from '#segue/core/progress.js';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { SPOTIFY_FEATURES as contract } from '#segue/features/contract.js';

const scratch = await mkdtemp(join(tmpdir(), 'segue-'));
afterAll(() => rm(scratch, { recursive: true }));

const ROWS = 5000;

/** The rows that are left, and what the others are rejected for, of 5,000 rows with 1,800 ids, a tenth of them rejected before. */
async function judged(rowsPerPass: number): Promise<unknown> {
  const database = await openDatabase({ scratch, memoryLimit: '512MB', threads: 2 });
  try {
    const rules = rulesFor(contract, {});
    await createStage(database, contract);
    await database.run(`
      INSERT INTO ${STAGED} BY NAME
      SELECT 0 AS "#file", concat('id', (i * 7919) % 1800) AS track_id, CASE WHEN i % 10 = 3 THEN 1 ELSE 0 END AS "#reason"
      FROM range(${ROWS}) AS r(i) ORDER BY i`);
    await rejectRepeatedRows({ database, contract, rules, progress: silent }, undefined, [], rowsPerPass);
    return await database.rows(
      `SELECT rowid AS row, track_id, ${REASON} AS reason, ${DETAIL} AS detail FROM ${STAGED} ORDER BY rowid`,
    );
  } finally {
    await database.close();
  }
}

it('keeps the first row of every id, in one pass over the ids or in many', async () => {
  const inOne = await judged(ROWS);
  const kept = (inOne as { track_id: string; reason: number }[]).filter(({ reason }) => reason === 0);
  expect(new Set(kept.map(({ track_id }) => track_id)).size).toBe(kept.length);
  expect(kept.length).toBeGreaterThan(1500);
  expect(await judged(700)).toEqual(inOne);
  expect(await judged(97)).toEqual(inOne);
});
