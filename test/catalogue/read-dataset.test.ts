import { describe, expect, it } from 'vitest';
import { readTracks, streamFeatures } from '#segue/catalogue/read-dataset.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { csvText, MEMORY_LIMIT, workbench } from './workbench.js';

const bench = await workbench();
const engine = { scratch: bench.scratch, memoryLimit: MEMORY_LIMIT, threads: 2 };
const random = seededRandom(5);
const tracks = Array.from({ length: 30_000 }, (_, i) => ({
  track_id: `t${i}`,
  artist_name: `Artist, ${i}`,
  tempo: 40 + random.next() * 210,
  valence: random.next(),
}));
const { files } = await bench.ingest(await bench.write('tracks.csv', csvText(tracks)));

describe('streamFeatures', () => {
  it('gives the features in the order of the contract and of the file, to the last bit, as often as asked', async () => {
    const stream = await streamFeatures(files.xTrain, SPOTIFY_FEATURES, engine);
    const byId = new Map(tracks.map((track) => [track.track_id, track]));
    const ids = (await bench.rows(files.xTrain)).map((row) => String(row['track_id']));
    expect(stream.names).toEqual(['instrumentalness', 'speechiness', 'danceability', 'valence', 'tempo']);
    expect(stream.rows).toBe(ids.length);
    for (let time = 0; time < 2; time++) {
      const found: number[][] = stream.names.map(() => []);
      for await (const { rows, columns } of stream.chunks()) {
        columns.forEach((column, j) => {
          expect(column).toHaveLength(rows);
          found[j]!.push(...column);
        });
      }
      expect(found.map(({ length }) => length)).toEqual(stream.names.map(() => ids.length));
      expect(found[3]).toEqual(ids.map((id) => byId.get(id)!.valence));
      expect(found[4]).toEqual(ids.map((id) => byId.get(id)!.tempo));
    }
  });
});

describe('readTracks', () => {
  it('gives tracks by their position, in the order asked for', async () => {
    const x = await bench.rows(files.xTrain);
    const wanted = [x.length - 1, 0, 12_345, 7];
    const found = await readTracks({ x: files.xTrain, y: files.yTrain }, wanted, engine);
    expect(found).toEqual(
      wanted.map((at) => {
        const { track_id, artist_name, track_name, genre } = x[at]!;
        return { track_id, artist_name, track_name, genre, popularity: 40 };
      }),
    );
    expect(await readTracks({ x: files.xTrain, y: files.yTrain }, [], engine)).toEqual([]);
    await expect(readTracks({ x: files.xTrain, y: files.yTrain }, [x.length], engine)).rejects.toThrow(
      RangeError,
    );
  });
});
