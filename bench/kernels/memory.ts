import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { textLiteral } from '#segue/engine/sql.js';
import type { Bench, MemoryResult } from './work.js';

const exec = promisify(execFile);
const CHILD = fileURLToPath(new URL('train-once.ts', import.meta.url));

/** As T1 splits: one row in five is on the test side. */
const TEST_EVERY = 5;

/**
 * Memory that training needs per row of a catalogue: the peak of a fresh process that does what T2 does (loads the features of both
 * sides from Parquet, trains with k = 8) at 10M rows, less that at 1M rows, by the rows between.
 */
export async function benchMemory(bench: Bench): Promise<MemoryResult> {
  const large = bench.rows(10_000_000);
  const peaks: { rows: number; bytes: number }[] = [];
  for (const rows of [large / 10, large]) {
    const files = { train: `${bench.folder}/train.parquet`, test: `${bench.folder}/test.parquet` };
    await writeSides(bench, rows, files);
    const argv = ['--import', 'tsx', CHILD, files.train, files.test, bench.folder, String(bench.threads)];
    const { stdout } = await exec(process.execPath, argv);
    peaks.push({ rows, bytes: Number(stdout) });
    await rm(files.train);
    await rm(files.test);
  }
  const [small, big] = peaks;
  return {
    kind: 'memory',
    name: 'bytes_per_row',
    description: `peak memory (VmHWM) of a process that trains as T2 does, k = 8, 10 starts: growth from ${small!.rows.toLocaleString('en')} to ${big!.rows.toLocaleString('en')} rows, of which a fifth are test rows, per row`,
    bytesPerRow: (big!.bytes - small!.bytes) / (big!.rows - small!.rows),
    peaks,
  };
}

/** A mixture of six groups in the features' ranges, the same for the same number of rows. */
async function writeSides(
  { folder, threads }: Bench,
  rows: number,
  files: { readonly train: string; readonly test: string },
): Promise<void> {
  const tracks = `
    SELECT i, 0.8 * (g % 2) + 0.2 * ${uniform(1)} AS instrumentalness, 0.03 + 0.3 * (g // 4) + 0.2 * ${uniform(2)} AS speechiness,
      0.2 + 0.2 * (g % 3) + 0.3 * ${uniform(3)} AS danceability, ${uniform(4)} AS valence, 60 + 15 * g + 60 * ${uniform(5)} AS tempo
    FROM (SELECT range AS i, hash(range * 8) % 6 AS g FROM range(${rows}))`;
  const database = await openDatabase({ scratch: folder, memoryLimit: '1GB', threads });
  try {
    for (const [path, test] of [
      [files.train, false],
      [files.test, true],
    ] as const) {
      await database.run(`
        COPY (SELECT * EXCLUDE (i) FROM (${tracks}) WHERE (i % ${TEST_EVERY} = 0) = ${test})
        TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`);
    }
  } finally {
    await database.close();
  }
}

/** SQL of a number in [0, 1) that depends on row i and j (1 to 7) alone. */
function uniform(j: number): string {
  return `(hash(i * 8 + ${j}) / 18446744073709551616.0)`;
}
