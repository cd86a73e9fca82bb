import { expect, it } from 'vitest';
import { createKey } from '#segue/service/key-file.js';
import { tempFolder } from '../core/temp.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from '../service/temp.js';
import { publish } from '../service/world.js';
import { startCallers } from './callers.js';
import { codeAt, newerCode, startFleet } from './fleet.js';

const PATIENCE = { timeout: 60_000, interval: 50 };

it('new code and a new model come while callers ask without a pause, and each of them is answered', async () => {
  const home = await homeOfTest();
  const [first, second] = [exampleModel(), exampleModel({ seed: 2 })];
  await publish(home, first);
  const { key } = await createKey(home, { label: '', scopes: ['predict'] }, new Date());
  const { url, replicas } = await startFleet(home.root);
  const { told, stop } = startCallers(url, key);
  const answered = (version: string): number => told.answers.get(`200 ${version}`) ?? 0;
  await expect.poll(() => answered(first.version), PATIENCE).toBeGreaterThan(100);

  const code = await newerCode(await tempFolder(), '0.1.1-next');
  for (const replica of replicas) {
    await replica.replace(code);
    expect(await codeAt(replica.url)).toBe('0.1.1-next');
  }
  expect(answered(second.version)).toBe(0);

  await publish(home, second);
  const versionAt = async (at: string): Promise<string | null> =>
    (await fetch(`${at}/healthz`)).headers.get('x-model-version');
  for (const replica of replicas)
    await expect.poll(() => versionAt(replica.url), PATIENCE).toBe(second.version);
  const before = answered(first.version);
  await expect.poll(() => answered(second.version), PATIENCE).toBeGreaterThan(100);

  const { answers, failures } = await stop();
  process.stdout.write(
    `roll-out: ${JSON.stringify(Object.fromEntries(answers))}, ${failures.length} without an answer\n`,
  );
  expect(failures).toEqual([]);
  expect([...answers.keys()].toSorted()).toEqual(
    [`200 ${first.version}`, `200 ${second.version}`].toSorted(),
  );
  expect(answered(first.version) - before).toBeLessThanOrEqual(4); // those that were under way
});
