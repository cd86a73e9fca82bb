import { expect } from 'vitest';
import { readFeatures } from '#segue/catalogue/read-dataset.js';
import type { Home } from '#segue/core/home.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';

/** Tracks that are asked for. */
const ASKED = 1500;

/** How much faster they are than those of the catalogue, BPM: about 0.2 standard deviations. */
const FASTER = 6;

/** Asks for tracks of the last week's catalogue, a little faster than they are: so that there is a drift to be seen. */
export async function askForTracks(url: string, key: string, home: Home): Promise<void> {
  const rows = Array.from({ length: ASKED }, (_, i) => i);
  const engine = { threads: 1, memoryLimit: '512MB', scratch: home.sharedScratch };
  const tracks = await readFeatures(home.dataset('week-26').xTrain, rows, SPOTIFY_FEATURES, engine);
  const items = tracks.map((values) =>
    Object.fromEntries(
      SPOTIFY_FEATURES.features.map(({ name }, j) => [name, values[j]! + (name === 'tempo' ? FASTER : 0)]),
    ),
  );
  const answer = await fetch(`${url}/v1/predict/clusters?detail=lean`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
}
