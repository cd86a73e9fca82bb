import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { createView, exactPath, query, readFiles, statement, writeFiles } from '#segue/engine/spark/plan.js';
import { SparkServerError } from '#segue/engine/spark/server-error.js';
import { openSparkSession, type SparkSession, type WorkProgress } from '#segue/engine/spark/session.js';
import { tempFolder } from '../core/temp.js';

const UTC = { 'spark.sql.session.timeZone': 'UTC' };

let spark: SparkSession;
const progress: WorkProgress[] = [];

beforeAll(async () => {
  const onProgress = (told: WorkProgress): void => void progress.push(told);
  spark = await openSparkSession(parseSparkAddress(inject('spark')), { settings: UTC, onProgress });
});

afterAll(() => spark.close());

async function failureOf(work: Promise<unknown>): Promise<SegueError> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof SegueError) return failure;
  throw new Error('no SegueError', { cause: failure });
}

/** Text that breaks out of quotes, escapes and comments where somebody pastes it into SQL. */
const HOSTILE = `it's "so" \\' ; DROP VIEW v -- /* \${x} \n é 😀`;

describe('results', () => {
  it('of every type', async () => {
    const rows = await spark.rows(
      query(`
        SELECT true AS boolean, 1Y AS byte, -2S AS short, 3 AS int, 9223372036854775807L AS long,
          CAST(1.5 AS FLOAT) AS float, 0.1D AS double, double('NaN') AS nan, double('-Infinity') AS infinity,
          12345.678BD AS decimal, CAST(-0.01 AS DECIMAL(38, 10)) AS small,
          'é 😀' AS string, '' AS nothing, X'00FF' AS binary,
          DATE'1969-12-31' AS date, TIMESTAMP'2026-11-29 10:00:00.123456' AS instant,
          TIMESTAMP_NTZ'1969-12-31 23:59:59.999999' AS wall,
          array(1, NULL, 3) AS array, map('a', 1L) AS map, struct(1 AS x, struct('y' AS z) AS y) AS struct,
          INTERVAL '1 02:03:04.5' DAY TO SECOND AS days, INTERVAL '1-2' YEAR TO MONTH AS months, NULL AS null`),
    );
    expect(rows).toEqual([
      {
        boolean: true,
        byte: 1,
        short: -2,
        int: 3,
        long: 9_223_372_036_854_775_807n,
        float: 1.5,
        double: 0.1,
        nan: Number.NaN,
        infinity: -Infinity,
        decimal: '12345.678',
        small: '-0.0100000000',
        string: 'é 😀',
        nothing: '',
        binary: new Uint8Array([0, 255]),
        date: '1969-12-31',
        instant: '2026-11-29T10:00:00.123456Z',
        wall: '1969-12-31T23:59:59.999999',
        array: [1, null, 3],
        map: new Map([['a', 1n]]),
        struct: { x: 1, y: { z: 'y' } },
        days: 93_784_500_000n,
        months: 14,
        null: null,
      },
    ]);
  });

  it('with nulls among values, in every kind of column', async () => {
    const rows = await spark.rows(
      query(`
        SELECT * FROM VALUES (1, 'a', 1.5D, true, DATE'2000-01-01', array(1), struct(1 AS x)),
          (2, NULL, NULL, NULL, NULL, NULL, NULL) AS t (i, s, d, b, day, a, st) ORDER BY i`),
    );
    expect(rows).toEqual([
      { i: 1, s: 'a', d: 1.5, b: true, day: '2000-01-01', a: [1], st: { x: 1 } },
      { i: 2, s: null, d: null, b: null, day: null, a: null, st: null },
    ]);
  });

  it('of no row', async () => {
    expect(await spark.rows(query('SELECT 1 AS x WHERE false'))).toEqual([]);
  });

  it('of many batches and several stages come whole and in order', async () => {
    let rows = 0;
    let chunks = 0;
    for await (const { rows: count, columns } of spark.chunks(
      query('SELECT CAST(id AS DOUBLE) AS x FROM range(0, 1000000, 1, 7) ORDER BY id DESC'),
    )) {
      chunks += 1;
      for (const x of columns[0]!) {
        if (x !== 999_999 - rows) throw new Error(`row ${rows} is ${x}`);
        rows += 1;
      }
      expect(columns[0]!.length).toBe(count);
    }
    expect(rows).toBe(1_000_000);
    expect(chunks).toBeGreaterThan(10);
  });

  it('as numbers are refused where a column holds others', async () => {
    const all = async (sql: string): Promise<void> => {
      for await (const chunk of spark.chunks(query(sql))) expect(chunk.rows).toBeGreaterThan(0);
    };
    await expect(all(`SELECT 'a' AS x`)).rejects.toThrow(TypeError);
    await expect(all(`SELECT explode(array(1D, NULL)) AS x`)).rejects.toThrow('null in x');
  });

  it('tell how far the cluster is', async () => {
    const told = progress.length;
    await spark.rows(
      query(`SELECT reflect('java.lang.Thread', 'sleep', 500L + id) AS slept FROM range(0, 8, 1, 8)`),
    );
    const some = progress.slice(told).filter(({ tasks }) => tasks === 8);
    expect(some.some(({ tasksDone }) => tasksDone > 0 && tasksDone < 8)).toBe(true);
  });
});

describe('what users give never enters SQL', () => {
  it('parameters of every kind', async () => {
    const parameters = { text: HOSTILE, number: 0.1, whole: 2n ** 53n + 1n, yes: true, none: null };
    const sql = 'SELECT :text AS text, :number AS number, :whole AS whole, :yes AS yes, :none AS none';
    expect(await spark.rows(query(sql, parameters))).toEqual([parameters]);
  });

  it('paths, names of views', async () => {
    const path = join(await tempFolder(), HOSTILE.replaceAll(/[/\n]/g, '_'));
    const written = query('SELECT id, id * 0.5D AS half FROM range(10)');
    await spark.run(writeFiles(written, { format: 'parquet', path, mode: 'error' }));
    expect(await readdir(path)).toContain('_SUCCESS');
    const read = readFiles({ format: 'parquet', paths: [exactPath(path)] });
    expect(await spark.rows(read)).toHaveLength(10);
    expect(await spark.columns(read)).toEqual([
      { name: 'id', type: 'long' },
      { name: 'half', type: 'double' },
    ]);
    await spark.run(createView('halves of ids', read));
    expect(await spark.rows(query('SELECT sum(half) AS sum FROM `halves of ids`'))).toEqual([{ sum: 22.5 }]);
    const again = await failureOf(spark.run(writeFiles(written, { format: 'parquet', path, mode: 'error' })));
    expect(again).toMatchObject({ code: 'SEGUE_SPARK_FAILED', details: { value: 'PATH_ALREADY_EXISTS' } });
    await spark.run(writeFiles(query('SELECT 1 AS x'), { format: 'parquet', path, mode: 'overwrite' }));
    expect(await spark.rows(read)).toEqual([{ x: 1 }]);
  });

  it('files of text with options', async () => {
    const folder = join(await tempFolder(), 'a folder');
    await mkdir(folder);
    await writeFile(join(folder, 'a.csv'), 'a,b\n1,"x ""y"", z"\n');
    const read = readFiles({
      format: 'csv',
      paths: [folder],
      schema: 'a STRING, b STRING',
      options: { header: 'true', escape: '"' },
    });
    expect(await spark.rows(read)).toEqual([{ a: '1', b: 'x "y", z' }]);
  });
});

describe('statements and settings', () => {
  it('a statement is executed once, for its effect', async () => {
    await spark.run(statement('CREATE OR REPLACE TEMPORARY VIEW v AS SELECT :x AS x', { x: 3 }));
    expect(await spark.rows(query('SELECT x FROM v'))).toEqual([{ x: 3 }]);
    await expect(spark.run(statement('CREATE TEMPORARY VIEW v AS SELECT 1'))).rejects.toMatchObject({
      code: 'SEGUE_SPARK_FAILED',
      details: { value: 'TEMP_TABLE_OR_VIEW_ALREADY_EXISTS' },
    });
  });

  it('settings hold for the session', async () => {
    expect(await spark.setting('spark.sql.session.timeZone')).toBe('UTC');
    expect(await spark.setting('spark.segue.nothing')).toBeUndefined();
  });

  it('rows that are persisted are computed once', async () => {
    const random = query('SELECT uuid() AS id');
    await spark.run(createView('random', random));
    await spark.persist(query('SELECT * FROM random'));
    const id = query('SELECT id FROM random');
    expect(await spark.rows(id)).toEqual(await spark.rows(id));
    await spark.unpersist(query('SELECT * FROM random'));
  });

  it('each session has views of its own', async () => {
    const other = await openSparkSession(parseSparkAddress(inject('spark')));
    await spark.run(createView('mine', query('SELECT 1 AS x')));
    const error = await failureOf(other.rows(query('SELECT * FROM mine')));
    expect(error.details.value).toBe('TABLE_OR_VIEW_NOT_FOUND');
    await other.close();
  });
});

describe('errors', () => {
  it('tell what Spark tells, without the SQL, and keep the rest', async () => {
    const error = await failureOf(spark.rows(query('SELECT 1 / 0')));
    expect(error.code).toBe('SEGUE_SPARK_FAILED');
    expect(error.message).toMatch(
      /^Spark could not do what was asked: \[DIVIDE_BY_ZERO\] .* SQLSTATE: 22012; value: DIVIDE_BY_ZERO\. Look/,
    );
    const { cause } = error.details;
    expect(cause).toBeInstanceOf(SparkServerError);
    expect(cause).toMatchObject({
      condition: 'DIVIDE_BY_ZERO',
      sqlState: '22012',
      parameters: { config: '"spark.sql.ansi.enabled"' },
    });
  });

  it('of a task on an executor tell their condition', async () => {
    const error = await failureOf(spark.rows(query(`SELECT CAST(concat('x', id) AS INT) FROM range(5)`)));
    expect(error.details.value).toBe('CAST_INVALID_INPUT');
  });

  it('longer than an answer’s trailer come whole', async () => {
    const text = 'x'.repeat(10_000);
    const error = await failureOf(spark.rows(query('SELECT raise_error(:text)', { text })));
    expect(error.details.value).toBe('USER_RAISED_EXCEPTION');
    expect(error.message).toContain(text);
  });

  it('of what cannot be read name it', async () => {
    const error = await failureOf(spark.rows(readFiles({ format: 'parquet', paths: ['/no/such'] })));
    expect(error).toMatchObject({ code: 'SEGUE_SPARK_FAILED', details: { value: 'PATH_NOT_FOUND' } });
    expect(error.message).toContain('/no/such');
  });
});
