import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { restartDelays } from '#segue/cli/serving/restarts.js';
import { createKey } from '#segue/service/key-file.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from '../service/temp.js';
import { publish, TRACK } from '../service/world.js';
import { start } from './start.js';

async function served(...options: readonly string[]) {
  const home = await homeOfTest();
  const model = exampleModel();
  await publish(home, model);
  const { key } = await createKey(home, { label: '', scopes: ['predict'] }, new Date());
  const argv = ['serve', '--home', home.root, '--port', '0', '--workers', '2', ...options];
  const program = await start(argv, /^Serving at /);
  const [, url] = /^Serving at (\S+)/.exec(program.lines[0]!)!;
  const headers = { 'x-api-key': key, 'content-type': 'application/json', connection: 'close' };
  const predict = () =>
    fetch(`${url}/v1/predict/cluster`, { method: 'POST', headers, body: JSON.stringify(TRACK) });
  const figure = async (pattern: RegExp): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return [...text.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
  };
  return { home, model, url, ...program, predict, figure };
}

it('two workers share a port, add their figures up, and stop together', async () => {
  const { predict, figure, log, stop } = await served();
  const answers = await Promise.all(Array.from({ length: 40 }, predict));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
  await expect.poll(() => log().filter(({ msg }) => msg === 'a worker serves')).toHaveLength(2);
  for (let asked = 0; asked < 4; asked++) {
    expect(await figure(/^segue_predictions_total\{.*\} (\d+)$/gm)).toBe(40);
    expect(
      await figure(/^segue_http_request_duration_seconds_count\{.*"\/v1\/predict\/cluster"\} (\d+)$/gm),
    ).toBe(40);
    expect(await figure(/^segue_model_info\{.*\} (\d+)$/gm)).toBe(1);
  }
  expect(await stop()).toBe(0);
});

it('a worker that is killed is replaced, callers are answered meanwhile, and no counter falls', async () => {
  const { predict, figure, log, logged, stop } = await served();
  const asked = /^segue_predictions_total\{.*\} (\d+)$/gm;
  const newest = /^process_start_time_seconds (\d+)$/gm;
  await Promise.all(Array.from({ length: 20 }, predict));
  expect(await figure(asked)).toBe(20);
  const began = await figure(newest);
  expect(began).toBeGreaterThan(0);
  const first = await logged(({ msg }) => msg === 'a worker serves');
  process.kill(first['worker'] as number, 'SIGKILL');
  await logged(({ msg, worker }) => msg === 'a worker ended' && worker === first['worker']);
  expect(await figure(asked)).toBe(20);
  expect((await predict()).status).toBe(200);
  const known = new Set(log().map(({ worker }) => worker));
  await logged(({ msg, worker }) => msg === 'a worker serves' && !known.has(worker));
  for (let i = 0; i < 4; i++) expect((await predict()).status).toBe(200);
  expect(await figure(newest)).toBeGreaterThanOrEqual(began);
  expect(await stop()).toBe(0);
});

it('each worker follows a promotion', async () => {
  const { home, model, predict, logged, log, stop } = await served();
  const next = exampleModel({ seed: 2 });
  await publish(home, next);
  const takenUp = (version: string): number =>
    log().filter((line) => line['msg'] === 'model serves' && line['model'] === version).length;
  await logged(() => takenUp(next.version) === 2);
  expect(takenUp(model.version)).toBe(2);
  for (let i = 0; i < 4; i++) expect((await predict()).headers.get('x-model-version')).toBe(next.version);
  expect(await stop()).toBe(0);
});

it('told to stop, they go on for the time to leave and say so, then stop together', async () => {
  const { url, predict, stop } = await served('--leave-time', '5s');
  const ready = async () => (await fetch(`${url}/readyz`, { headers: { connection: 'close' } })).status;
  expect(await ready()).toBe(200);
  const stopped = stop();
  await expect.poll(ready).toBe(503);
  expect((await predict()).status).toBe(200);
  expect(await stopped).toBe(0);
  await expect(ready()).rejects.toThrow('fetch failed');
});

it('a port that is taken is said once', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(served('--port', String(port))).rejects.toThrow('ended with 1 before it was ready');
});

it('what ends soon is begun again more and more slowly', () => {
  const delay = restartDelays();
  expect([20_000, 10, 10, 10].map(delay)).toEqual([0, 500, 1000, 2000]);
  expect(Array.from({ length: 10 }, () => delay(0)).at(-1)).toBe(30_000);
  expect(delay(60_000)).toBe(0);
});
