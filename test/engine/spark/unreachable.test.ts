import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkSession } from '#segue/engine/spark/session.js';

it('an address where nothing listens is given up within a few seconds', async () => {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const refusal = await openSparkSession(parseSparkAddress(`sc://127.0.0.1:${port}`), { wait }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({
    code: 'SEGUE_SPARK_UNREACHABLE',
    exitCode: 1,
    details: { value: `sc://127.0.0.1:${port}` },
  });
  expect((refusal as Error).message).toContain('The Spark server does not answer: connect ECONNREFUSED');
  expect(waits).toEqual([150, 600, 2400]);
});

it('a server that speaks something else is no Spark server', async () => {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const wait = async (): Promise<void> => {};
  await expect(openSparkSession(parseSparkAddress(`sc://127.0.0.1:${port}`), { wait })).rejects.toMatchObject(
    { code: 'SEGUE_SPARK_UNREACHABLE' },
  );
});
