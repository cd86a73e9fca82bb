import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatasetFiles, datasetFiles } from '#segue/core/home.js';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { doubleLiteral, textLiteral } from '#segue/engine/sql.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import type { Model } from '#segue/models/format.js';
import { buildIndex } from '#segue/playlists/build-index.js';
import { openIndex, type TrackIndex } from '#segue/playlists/track-index.js';

/** A track of a catalogue, as T1 leaves it. */
export interface CatalogueTrack {
  readonly id: string;
  readonly artist: string | null;
  readonly name: string | null;
  readonly genre: string | null;
  readonly popularity: number | null;
  readonly year?: number | null;
  /** In the contract's order. */
  readonly values: readonly number[];
}

const text = (value: string | null): string => (value === null ? 'NULL' : textLiteral(value));
const number = (value: number | null): string => (value === null ? 'NULL' : doubleLiteral(value));

/** Writes a dataset as T1 does: the tracks before `testFrom` to train, the others to test. */
export async function writeTracks(
  files: DatasetFiles,
  tracks: readonly CatalogueTrack[],
  testFrom: number,
): Promise<void> {
  const database = await openDatabase({
    scratch: join(files.folder, 'scratch'),
    memoryLimit: '512MB',
    threads: 1,
  });
  const names = SPOTIFY_FEATURES.features.map(({ name }) => `${name} DOUBLE`);
  try {
    await database.run(`CREATE TABLE x (row INTEGER, track_id VARCHAR, artist_name VARCHAR, track_name VARCHAR,
      genre VARCHAR, popularity BIGINT, year BIGINT, ${names.join(', ')})`);
    for (let from = 0; from < tracks.length; from += 500) {
      const rows = tracks
        .slice(from, from + 500)
        .map(({ id, artist, name, genre, popularity, year = null, values }, i) => {
          const cells = [
            text(id),
            text(artist),
            text(name),
            text(genre),
            number(popularity),
            number(year),
            ...values.map(number),
          ];
          return `(${from + i}, ${cells.join(', ')})`;
        });
      await database.run(`INSERT INTO x VALUES ${rows.join(', ')}`);
    }
    for (const [columns, where, path] of [
      ['* EXCLUDE (row, popularity)', `row < ${testFrom}`, files.xTrain],
      ['track_id, popularity', `row < ${testFrom}`, files.yTrain],
      ['* EXCLUDE (row, popularity)', `row >= ${testFrom}`, files.xTest],
      ['track_id, popularity', `row >= ${testFrom}`, files.yTest],
    ] as const) {
      await database.run(
        `COPY (SELECT ${columns} FROM x WHERE ${where} ORDER BY row) TO ${textLiteral(path)} (FORMAT parquet)`,
      );
    }
  } finally {
    await database.close();
  }
}

/** Bytes of the index of a few tracks. */
export async function indexBytes(
  tracks: readonly CatalogueTrack[],
  model: Model,
  limit = 1_000_000,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-index-'));
  try {
    const dataset = datasetFiles(folder);
    await writeTracks(dataset, tracks, Math.ceil(tracks.length * 0.8));
    return await buildIndex({ dataset, model, limit, scratch: folder });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function indexOf(
  tracks: readonly CatalogueTrack[],
  model: Model,
  limit?: number,
): Promise<TrackIndex> {
  return openIndex(shared(await indexBytes(tracks, model, limit)));
}

/** The same bytes in shared memory. */
export function shared(bytes: Uint8Array): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return memory;
}
