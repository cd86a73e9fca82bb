import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Segue, SegueOptions, Track } from 'segue-client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ServedHome, serveHome } from '../../load/serve.js';
import { installClient } from './installed.js';

const { folder, client } = await installClient();
const TRACK: Track = {
  instrumentalness: 0.0004,
  speechiness: 0.052,
  danceability: 0.64,
  valence: 0.47,
  tempo: 121.5,
};
let served: ServedHome;
let segue: Segue;

beforeAll(async () => {
  served = await serveHome();
  segue = to(served);
});

afterAll(async () => {
  await served.stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

function to({ url, key }: Pick<ServedHome, 'url' | 'key'>, options: Partial<SegueOptions> = {}): Segue {
  return new client.Segue({ url, key, ...options });
}

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

describe('a real service', () => {
  it('explains a prediction, or answers its number only', async () => {
    const full = await segue.predict(TRACK);
    expect(full.segment.segment_id).toMatch(/^seg_/);
    const sum = full.contributions!.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBe(full.runner_up!.distance - full.distance);
    const lean = await segue.predict(TRACK, { detail: 'lean' });
    expect(lean).toEqual({ cluster_id: full.cluster_id, model_version: full.model_version });
  });

  it('answers a batch one by one', async () => {
    const { results, predicted, refused } = await segue.predictMany([TRACK, { ...TRACK, tempo: 3 }]);
    expect([predicted, refused, results.length]).toEqual([1, 1, 2]);
    expect(results[1]).toMatchObject({ problem: { code: 'invalid_request' } });
  });

  it('answers a stream in order, while it is sent, no faster than it is read', async () => {
    let made = 0;
    async function* tracks(): AsyncGenerator<Track> {
      for (; made < 50_000; made += 1) yield { ...TRACK, tempo: made === 7 ? 3 : 60 + (made % 100) };
    }
    let seen = 0;
    for await (const answer of segue.predictStream(tracks())) {
      seen += 1;
      expect(answer.line).toBe(seen);
      if (seen === 8) expect(answer).toMatchObject({ problem: { code: 'invalid_request' } });
      if (seen === 1) expect(made).toBeLessThan(50_000);
    }
    expect(seen).toBe(50_000);
  });

  it('a stream that nobody reads on stops its source', async () => {
    let ended = false;
    function* tracks(): Generator<Track> {
      try {
        for (;;) yield TRACK;
      } finally {
        ended = true;
      }
    }
    for await (const { line } of segue.predictStream(tracks())) if (line === 10) break;
    await expect.poll(() => ended, { timeout: 60_000 }).toBe(true);
  });

  it('reads lists to their end', async () => {
    const segments = await all(segue.segments());
    expect(segments).toHaveLength(5);
    expect(await segue.segment(segments[2]!.segment_id)).toEqual(segments[2]);
    const [model] = await all(segue.models());
    expect(await segue.model(model!.version)).toMatchObject({ version: model!.version, state: 'production' });
    const [run] = await all(segue.runs());
    expect(await segue.run(run!.run)).toEqual(run);
  });

  it('follows pages', async () => {
    const asked: string[] = [];
    const small = to(served, {
      fetch: (request) => {
        const url = new URL(request.url);
        url.searchParams.set('limit', '2');
        asked.push(url.search);
        return fetch(new Request(url, request));
      },
    });
    expect((await all(small.segments())).map(({ cluster_id }) => cluster_id)).toEqual([0, 1, 2, 3, 4]);
    expect(asked).toHaveLength(3);
  });

  it('makes playlists and profiles', async () => {
    await expect.poll(async () => (await segue.ready()).catalogue, { timeout: 60_000 }).toBe('ready');
    const { tracks } = await segue.playlist({ segment: 0, length: 10, seed: 3 });
    expect(tracks).toHaveLength(10);
    const profile = await segue.profile({ track_ids: tracks.map(({ track_id }) => track_id) });
    expect(profile.segments[0]).toMatchObject({ cluster_id: 0, share: 1 });
  });

  it('throws problems', async () => {
    const wrong = segue.predict({ ...TRACK, tempo: 3 });
    await expect(wrong).rejects.toBeInstanceOf(client.SegueProblem);
    await expect(wrong).rejects.toMatchObject({
      status: 422,
      code: 'invalid_request',
      errors: [{ field: 'tempo', rule: 'exclusiveMinimum', limit: 40 }],
    });
    await expect(to({ ...served, key: 'segue_x_y' }).predict(TRACK)).rejects.toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
    await expect(segue.run('no-such-run')).rejects.toMatchObject({ code: 'run_not_found' });
  });

  it('ends when it is told to', async () => {
    await expect(segue.predict(TRACK, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});

describe('a limit', () => {
  it('is waited for, so that all are answered', async () => {
    const limited = await serveHome({ SEGUE_RATE_LIMIT: '40', SEGUE_RATE_BURST: '10' });
    try {
      const patient = to(limited, { retries: 20 });
      const answers = await Promise.all(Array.from({ length: 30 }, () => patient.predict(TRACK)));
      expect(answers).toHaveLength(30);
      const hasty = to(limited, { retries: 0 });
      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => hasty.predict(TRACK)));
      const refused = outcomes.filter(({ status }) => status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]).toMatchObject({ reason: { status: 429, code: 'too_many_requests', retryAfter: 1 } });
    } finally {
      await limited.stop();
    }
  });
});

describe('what stands in front of a service', () => {
  async function front(handle: Parameters<typeof createServer>[1]): Promise<Segue> {
    const server: Server = createServer(handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return to({ url: `http://127.0.0.1:${port}`, key: served.key }, { retries: 2, timeoutMs: 200 });
  }

  it('may cut connections and be silent: the request is sent again', async () => {
    let asked = 0;
    const broken = await front((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      if (asked === 3)
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"cluster_id":1}');
    });
    expect(await broken.predict(TRACK)).toEqual({ cluster_id: 1 });
    expect(asked).toBe(3);
  });

  it('may answer by a page of its own', async () => {
    const proxy = await front(
      (_request, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'),
    );
    await expect(proxy.predict(TRACK)).rejects.toMatchObject({ status: 502, code: undefined });
  });
});
