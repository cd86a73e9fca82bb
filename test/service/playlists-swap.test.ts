import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { randomTracks, spotifyModel } from '../playlists/tracks.js';
import { publish, worldOfTest, writeDataset } from './world.js';

const CLIENTS = 6;

it('under a swap every playlist comes from one version; until the new catalogue is there it is 503', async () => {
  const [first, second] = [spotifyModel(4, 1), spotifyModel(5, 2)];
  const world = await worldOfTest({
    model: first,
    tracks: randomTracks({ tracks: 400, artists: 60, seed: 1 }),
  });
  const { app, home, catalogue, refresh, keys } = world;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1/playlists`;
  const done = new AbortController();
  const seen = new Set<string>();
  const client = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'x-api-key': keys.predict, 'content-type': 'application/json' },
        body: JSON.stringify({ target: { tempo: 120 }, length: 5 }),
      });
      const answer = (await response.json()) as {
        code?: string;
        model_version?: string;
        catalogue?: { tracks: number };
      };
      const version = response.headers.get('x-model-version')!;
      seen.add(`${version} ${response.status}`);
      if (response.status === 200) {
        expect(answer.model_version).toBe(version);
        expect(answer.catalogue?.tracks).toBe(version === first.version ? 400 : 300);
      } else {
        expect(answer.code).toBe('catalogue_loading');
        expect(response.headers.get('retry-after')).toBe('2');
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  try {
    expect(await askOnce(url, keys.predict)).toBe(first.version);
    await writeDataset(home, 'run-2', randomTracks({ tracks: 300, artists: 60, seed: 2 }));
    await publish(home, second, 'run-2');
    await refresh();
    await catalogue.follow(second.version);
    expect(await askOnce(url, keys.predict)).toBe(second.version);
  } finally {
    done.abort();
  }
  await Promise.all(clients);
  expect([...seen]).not.toContain(`${first.version} 503`);
  expect((await app.inject('/readyz')).json()).toMatchObject({
    model_version: second.version,
    catalogue: 'ready',
  });
});

/** One answer, which must be a list. @returns the version that gave it */
async function askOnce(url: string, key: string): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ segment: 0, length: 1 }),
  });
  expect(response.status).toBe(200);
  return response.headers.get('x-model-version');
}
