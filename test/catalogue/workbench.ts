import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type IngestOptions, type IngestReport, ingest } from '#segue/catalogue/ingest.js';
import { type DatasetFiles, datasetFiles } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { pathLiteral } from '#segue/engine/sql.js';
import type { Cell } from '#segue/engine/sql-engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';

export type Row = Readonly<Record<string, Cell>>;

export interface Ingested {
  readonly report: IngestReport;
  readonly files: DatasetFiles;
}

/** A temporary folder for one test file, with what its tests do there. Removed after the tests. */
export interface Workbench {
  readonly root: string;
  /** Scratch folder of everything under test; empty when nothing runs. */
  readonly scratch: string;
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Ingests into a new folder. */
  ingest(source: string, options?: Partial<IngestOptions>): Promise<Ingested>;
  /** Rows of a Parquet file in its order; integers as numbers. */
  rows(path: string): Promise<Row[]>;
}

export const MEMORY_LIMIT = '512MB';

export async function workbench(): Promise<Workbench> {
  const root = await mkdtemp(join(tmpdir(), 'segue-'));
  const scratch = join(root, 'scratch');
  await mkdir(scratch);
  const reader = await openDatabase({ scratch: join(root, 'reader'), memoryLimit: MEMORY_LIMIT, threads: 1 });
  afterAll(async () => {
    await reader.close();
    await rm(root, { recursive: true, force: true });
  });
  return {
    root,
    scratch,
    write: async (name, content) => {
      const path = join(root, name);
      await writeFile(path, content);
      return path;
    },
    ingest: async (source, options = {}) => {
      const files = datasetFiles(await mkdtemp(join(root, 'dataset-')));
      const defaults: IngestOptions = {
        source,
        contract: SPOTIFY_FEATURES,
        rules: {},
        split: { seed: 42, testShare: 0.2 },
        out: files,
        scratch,
        memoryLimit: MEMORY_LIMIT,
        threads: 2,
      };
      return { report: await ingest({ ...defaults, ...options }, silent), files };
    },
    rows: async (path) => {
      const rows = await reader.rows(`SELECT * FROM read_parquet(${pathLiteral(path)})`);
      const plain = (cell: Cell): Cell => (typeof cell === 'bigint' ? Number(cell) : cell);
      return rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plain(cell)])),
      );
    },
  };
}

/** A row of the tests' catalogues: an id and values of `COLUMNS`. */
export interface TestTrack {
  readonly track_id: string;
  readonly artist_name?: string;
  readonly tempo?: number | string;
  readonly valence?: number | string;
}

export const COLUMNS = [
  'track_id',
  'artist_name',
  'popularity',
  'instrumentalness',
  'speechiness',
  'danceability',
  'valence',
  'tempo',
];

/** A line of CSV under `COLUMNS`, quoted where needed, without a line break. */
export function csvLine({
  track_id,
  artist_name = 'Ana Lua',
  tempo = 120,
  valence = 0.5,
}: TestTrack): string {
  const quoted = /[",\r\n]/.test(artist_name) ? `"${artist_name.replaceAll('"', '""')}"` : artist_name;
  return [track_id, quoted, 40, 0.001, 0.05, 0.6, valence, tempo].join(',');
}

export function csvText(tracks: readonly TestTrack[]): string {
  return [COLUMNS.join(','), ...tracks.map(csvLine)].map((line) => `${line}\n`).join('');
}
