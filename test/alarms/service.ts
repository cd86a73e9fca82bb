import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { readFeatures, streamFeatures } from '#segue/catalogue/read-dataset.js';
import type { Home } from '#segue/core/home.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { startRun } from '#segue/pipeline/start.js';
import { createKey } from '#segue/service/key-file.js';
import { startServer } from '#segue/service/server.js';
import { pipelineFixture } from '../pipeline/fixture.js';
import { keptLog } from '../service/world.js';

export interface Trouble {
  /** Added to every tempo that is asked, BPM. */
  tempo: number;
  /** Milliseconds between the headers of a request and its body. */
  pause: number;
  /** Added to the clock of the service, milliseconds. */
  later: number;
}

/** A real service that is asked for tracks of its own catalogue, all the time. */
export interface AskedService {
  readonly url: string;
  readonly home: Home;
  readonly keys: { readonly predict: string; readonly read: string };
  readonly trouble: Trouble;
  close(): Promise<void>;
}

/** Requests a second, about. */
const PER_SECOND = 100;

export async function openAskedService(folder: string): Promise<AskedService> {
  const { home, options, context } = await pipelineFixture(3000, folder);
  const record = await startRun({ ...context, now: () => new Date() }, { options, id: 'run-1' });
  if (record.state !== 'promoted') throw new Error(`the run is ${record.state}`);
  const trouble: Trouble = { tempo: 0, pause: 0, later: 0 };
  const now = () => new Date(Date.now() + trouble.later);
  const key = async (scope: 'predict' | 'read') =>
    (await createKey(home, { label: scope, scopes: [scope] }, now())).key;
  const keys = { predict: await key('predict'), read: await key('read') };
  const server = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: prometheusObserver({ home, now }),
    logger: keptLog().logger,
  });
  const stop = await keepAsking(server.url, keys.predict, await tracksOf(home), trouble);
  return {
    ...server,
    home,
    keys,
    trouble,
    async close() {
      await stop();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Features of all training tracks. */
async function tracksOf(home: Home): Promise<readonly (readonly number[])[]> {
  const engine = { threads: 1, memoryLimit: '512MB', scratch: home.sharedScratch };
  const stream = await streamFeatures(home.dataset('run-1').xTrain, SPOTIFY_FEATURES, engine);
  const rows = Array.from({ length: stream.rows }, (_, i) => i);
  return readFeatures(home.dataset('run-1').xTrain, rows, SPOTIFY_FEATURES, engine);
}

/** Asks for one track after another; @returns what stops it. */
async function keepAsking(
  url: string,
  key: string,
  tracks: readonly (readonly number[])[],
  trouble: Trouble,
): Promise<() => Promise<void>> {
  const random = seededRandom(1);
  const names = SPOTIFY_FEATURES.features.map(({ name }) => name);
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const under = new Set<Promise<unknown>>();
  const timer = setInterval(() => {
    const values = tracks[random.below(tracks.length)]!;
    const track = Object.fromEntries(
      names.map((name, j) => [name, values[j]! + (name === 'tempo' ? trouble.tempo : 0)]),
    );
    const asked = send(`${url}/v1/predict/cluster`, headers, JSON.stringify(track), trouble.pause);
    under.add(asked);
    void asked.finally(() => under.delete(asked));
  }, 1000 / PER_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(under);
  };
}

/** Sends one request, its body after a pause, and takes its answer. */
async function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  pause: number,
): Promise<void> {
  const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } });
  sent.flushHeaders();
  if (pause > 0) setTimeout(() => sent.end(body), pause);
  else sent.end(body);
  try {
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    await text(answer);
  } catch {
    // the service stops
  }
}
