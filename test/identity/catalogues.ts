import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '#segue/catalogue/ingest.js';
import { streamFeatures } from '#segue/catalogue/read-dataset.js';
import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { datasetFiles } from '#segue/core/home.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';

/** The real catalogues of SEGUE_TEST_DATA. */
export const CATALOGUES = [
  'spotify_1m_sample_rows_0001_5000.csv',
  'hitpredictor_dataset-of-60s.csv',
] as const;

/** Whether all repetitions are run. */
export const FULL = process.env['SEGUE_FULL'] === 'yes';

/** The features of a real catalogue after T1, in an order of their own. */
export async function readCatalogue(name: (typeof CATALOGUES)[number], seed: number): Promise<Columns> {
  const data = process.env['SEGUE_TEST_DATA'];
  if (data === undefined) throw new Error('SEGUE_TEST_DATA must say where the real catalogues are.');
  const folder = await mkdtemp(join(tmpdir(), 'segue-identity-'));
  const engine = { threads: 2, memoryLimit: '512MB', scratch: folder };
  const out = datasetFiles(folder);
  try {
    await ingest(
      {
        source: join(data, name),
        contract: SPOTIFY_FEATURES,
        rules: {},
        split: { seed: 42, testShare: 0.01 },
        out,
        ...engine,
      },
      silent,
    );
    const stream = await streamFeatures(out.xTrain, SPOTIFY_FEATURES, engine);
    const columns = allocateColumns(stream.names, stream.rows);
    let done = 0;
    for await (const chunk of stream.chunks()) {
      chunk.columns.forEach((column, j) => columns.data[j]!.set(column.subarray(0, chunk.rows), done));
      done += chunk.rows;
    }
    return shuffled(columns, seed);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The first rows. */
export function head({ names, data }: Columns, rows: number): Columns {
  return { names, rows, data: data.map((column) => column.subarray(0, rows)) };
}

export function shuffled({ names, rows, data }: Columns, seed: number): Columns {
  const random = seededRandom(seed);
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i -= 1) {
    const other = random.below(i + 1);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  const columns = allocateColumns(names, rows);
  columns.data.forEach((column, j) => {
    for (let i = 0; i < rows; i += 1) column[i] = data[j]![order[i]!]!;
  });
  return columns;
}
