import { expect, it, onTestFinished } from 'vitest';
import { createKey, rotateKey } from '#segue/service/key-file.js';
import { startServer } from '#segue/service/server.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from './temp.js';
import { keptLog, observerWith, publish, TRACK } from './world.js';

it('a key is rotated under a running server: both secrets are served, no request is refused, then the former ends', async () => {
  const home = await homeOfTest();
  await publish(home, exampleModel());
  const start = new Date();
  let clock = start;
  const now = (): Date => clock;
  const first = await createKey(home, { label: 'app', scopes: ['predict'] }, start);
  const server = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: observerWith(),
    logger: keptLog().logger,
    now,
  });
  onTestFinished(server.close);
  const ask = async (key: string): Promise<number> => {
    const response = await fetch(`${server.url}/v1/predict/cluster`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify(TRACK),
    });
    await response.arrayBuffer();
    return response.status;
  };

  const answered: number[] = [];
  const deadline = AbortSignal.timeout(30_000);
  let second: string | undefined;
  for (let served = 0; served < 20 && !deadline.aborted; ) {
    answered.push(await ask(first.key));
    second ??= (await rotateKey(home, first.record.id, 60_000, clock)).key;
    if ((await ask(second)) === 200) served += 1; // the server sees the new secret by itself, a moment later
  }
  expect(new Set(answered)).toEqual(new Set([200]));
  expect(await ask(second!)).toBe(200);

  clock = new Date(start.getTime() + 60_000);
  expect([401, 429]).toContain(await ask(first.key)); // 429 where the tries above were many
  expect(await ask(second!)).toBe(200);
});
