import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { promote } from '#segue/models/registry.js';
import { createKey } from '#segue/service/key-file.js';
import type { LiveModel } from '#segue/service/live-model.js';
import { startServer } from '#segue/service/server.js';
import { exampleModel } from '../models/example.js';
import { NOW, signal, temporaryHome } from './temp.js';
import { expectedPrediction, keptLog, observerWith, publish, TRACK } from './world.js';

const CLIENTS = 8;
const SWAPS = 12;
const act = { run: null, actor: 'ana', now: () => NOW };

interface Answer {
  readonly status: number | undefined;
  readonly header: string | string[] | undefined;
  readonly body: string;
}

function post(url: string, key: string, payload: unknown, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      const { statusCode, headers: got } = response;
      text(response).then(
        (body) => resolve({ status: statusCode, header: got['x-model-version'], body }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(payload));
  });
}

/** Resolves when a version was answered by the server. */
function sightings() {
  const waiting = new Map<string, () => void>();
  return {
    see: (version: string): void => waiting.get(version)?.(),
    of: (version: string) => new Promise<void>((resolve) => waiting.set(version, resolve)),
  };
}

it('production moves under load: no request is dropped, and every answer is of one version', async () => {
  const { home, remove } = await temporaryHome();
  const models = [
    exampleModel({ seed: 1 }),
    exampleModel({ seed: 2, k: 6 }),
    exampleModel({ seed: 3, k: 3 }),
  ];
  for (const model of models.toReversed()) await publish(home, model);
  const { key } = await createKey(home, { label: 'load', scopes: ['predict'] }, NOW);
  const { logger } = keptLog();
  const server = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: observerWith(),
    logger,
    watch: () => () => {},
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
    await remove();
  });

  const expected = new Map(
    models.map((model) => [model.version, expectedPrediction(model, Object.values(TRACK))]),
  );
  const seen = sightings();
  const done = new AbortController();
  const client = async (n: number): Promise<number> => {
    let answers = 0;
    while (!done.signal.aborted) {
      const batch = n % 4 === 3;
      const path = batch ? '/v1/predict/clusters' : '/v1/predict/cluster';
      const { status, header, body } = await post(
        server.url + path,
        key,
        batch ? { items: [TRACK, TRACK] } : TRACK,
        agent,
      );
      expect(status).toBe(200);
      const answer = JSON.parse(body) as { model_version: string; results?: { prediction: unknown }[] };
      expect(answer.model_version).toBe(header);
      const { model_version: version, ...single } = answer;
      for (const prediction of answer.results?.map((result) => result.prediction) ?? [single]) {
        expect(prediction).toEqual(expected.get(version));
      }
      answers += 1;
      seen.see(version);
    }
    return answers;
  };
  const clients = Array.from({ length: CLIENTS }, (_, n) => client(n));

  try {
    for (let swap = 1; swap <= SWAPS; swap += 1) {
      const { version } = models[swap % models.length]!;
      await promote(home, version, act);
      const answered = seen.of(version);
      await server.refresh();
      await answered;
    }
  } finally {
    done.abort();
  }
  const counts = await Promise.all(clients);
  expect(counts.every((count) => count > 0)).toBe(true);
});

it('a promotion is noticed by itself', async () => {
  const { home, remove } = await temporaryHome();
  const first = exampleModel({ seed: 1 });
  const second = exampleModel({ seed: 2 });
  await publish(home, first);
  const noticed = signal<string>();
  const modelServed = ({ version }: LiveModel): void => {
    if (version === second.version) noticed.give(version);
  };
  const observer = observerWith({ modelServed });
  const { logger } = keptLog();
  const server = await startServer({ home, host: '127.0.0.1', port: 0, observer, logger });
  onTestFinished(async () => {
    await server.close();
    await remove();
  });
  await publish(home, second);
  expect(await noticed.given).toBe(second.version);
  const response = await fetch(`${server.url}/healthz`);
  expect(response.headers.get('x-model-version')).toBe(second.version);
});
