import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#segue/engine/duckdb/database.js';

const scratch = await mkdtemp(join(tmpdir(), 'segue-'));
const stop = new AbortController();
const options = { scratch, memoryLimit: '512MB', threads: 2 };
const database = await openDatabase(options);
afterAll(async () => {
  await database.close();
  await rm(scratch, { recursive: true });
});

async function numbersOf(sql: string): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { rows, columns } of database.chunks(sql)) {
    expect(columns.map(({ length }) => length)).toEqual(columns.map(() => rows));
    for (const column of columns) numbers.push(...column);
  }
  return numbers;
}

describe('chunks', () => {
  it('give every double of a large result, in order, to the last bit', async () => {
    const found = await numbersOf('SELECT i / 3.0::DOUBLE FROM range(100_000) AS r(i)');
    expect(found).toEqual(Array.from({ length: 100_000 }, (_, i) => i / 3));
    expect(await numbersOf(`SELECT 'nan'::DOUBLE, '-inf'::DOUBLE, -0.0::DOUBLE`)).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      -0,
    ]);
    expect(await numbersOf('SELECT 1.5::DOUBLE WHERE false')).toEqual([]);
  });

  it.each([0, 63, 64, 2047, 2048, 2999])('refuse a NULL in row %i', async (row) => {
    const sql = `SELECT CASE WHEN i <> ${row} THEN i::DOUBLE END FROM range(3000) AS r(i)`;
    await expect(numbersOf(sql)).rejects.toThrow(TypeError);
  });

  it('refuse columns of another type', async () => {
    await expect(numbersOf(`SELECT '1.5'`)).rejects.toThrow(TypeError);
    await expect(numbersOf('SELECT 1')).rejects.toThrow(TypeError);
  });

  it('leave the database usable for a caller who stops early', async () => {
    for await (const { columns } of database.chunks('SELECT i::DOUBLE FROM range(1_000_000) AS r(i)')) {
      expect(columns[0]![1]).toBe(1);
      break;
    }
    expect(await numbersOf('SELECT 7.0::DOUBLE')).toEqual([7]);
  });

  it('fail with what the engine says, also in the middle', async () => {
    const sql = `SELECT CAST(CASE WHEN i < 900_000 THEN '1' ELSE 'x' END AS DOUBLE) FROM range(1_000_000) AS r(i)`;
    await expect(numbersOf(sql)).rejects.toThrow(/Could not convert string 'x'/);
  });

  it('end with the reason of a stop', async () => {
    const stopped = await openDatabase({ ...options, signal: stop.signal });
    try {
      await expect(
        (async () => {
          for await (const chunk of stopped.chunks('SELECT i::DOUBLE FROM range(100_000_000) AS r(i)')) {
            expect(chunk.rows).toBeGreaterThan(0);
            stop.abort(new Error('stopped by the test'));
          }
        })(),
      ).rejects.toThrow('stopped by the test');
    } finally {
      await stopped.close();
    }
  });
});
