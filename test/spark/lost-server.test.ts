import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { createView, query } from '#segue/engine/spark/plan.js';
import { openSparkSession, type SessionOptions, type SparkSession } from '#segue/engine/spark/session.js';
import { type SparkServer, startSpark } from './server.js';

const TOKEN = 'only-this-one';
const FOREVER = query('SELECT count(*) AS n FROM range(0, 1000000000000, 1, 4) WHERE uuid() = :x', { x: '' });

let server: SparkServer;

beforeAll(async () => {
  server = await startSpark({ 'spark.connect.authenticate.token': TOKEN });
});

afterAll(() => server.stop());

function open(token: string | undefined, options?: SessionOptions): Promise<SparkSession> {
  const parameters = token === undefined ? '' : `/;token=${token};use_ssl=false`;
  return openSparkSession(parseSparkAddress(`${server.address}${parameters}`), options);
}

it('a server lets in who has its token, and nobody else', async () => {
  const spark = await open(TOKEN);
  expect(await spark.rows(query('SELECT 1 AS x'))).toEqual([{ x: 1 }]);
  await spark.close();
  for (const token of ['another-one', undefined]) {
    const refusal = await open(token).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'SEGUE_SPARK_REFUSED', exitCode: 1 });
    expect(inspect(refusal)).not.toContain('another-one');
  }
});

it('a server that dies in the middle is waited for; if it has forgotten the session, that is told', async () => {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    if (waits.length === 2) await server.start();
  };
  let killed: Promise<void> | undefined;
  const onProgress = (): void => void (killed ??= server.kill());
  const spark = await open(TOKEN, { wait, onProgress });
  await spark.run(createView('v', query('SELECT 1 AS x')));
  await expect(spark.rows(FOREVER)).rejects.toMatchObject({ code: 'SEGUE_SPARK_LOST' });
  expect(waits.length).toBeGreaterThanOrEqual(2);
  // nor does a later question get an answer from a session that only has the same name
  await expect(spark.rows(query('SELECT 1 AS x'))).rejects.toMatchObject({ code: 'SEGUE_SPARK_LOST' });
  await spark.close();
  const again = await open(TOKEN);
  expect(await again.rows(query('SELECT 2 AS x'))).toEqual([{ x: 2 }]);
  await again.close();
});

it('a server that stays away is given up', async () => {
  const wait = async (): Promise<void> => {};
  const spark = await open(TOKEN, { wait, onProgress: () => void server.kill() });
  const loss = await spark.rows(FOREVER).catch((error: unknown) => error);
  expect(loss).toMatchObject({
    code: 'SEGUE_SPARK_UNREACHABLE',
    details: { value: server.address, mend: expect.stringContaining('goes on where it was') as string },
  });
  expect(inspect(loss)).not.toContain(TOKEN);
  await spark.close();
});
