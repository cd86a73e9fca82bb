/**
 * Times T1 (`ingest`) beside DuckDB's own COPY of the same query, each run in a process of its own, interleaved.
 *
 *     npm run bench:cleaning                          1,160,000 tracks, 5 runs of each
 *     npm run bench:cleaning -- --tracks 100000 --runs 9 --json
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { ENGINE } from './cleaning-peer.js';
import { describeMachine, median } from './report.js';

export type Kind = 'ingest' | 'same query' | 'simplest copy';

export interface CleaningRun {
  readonly seconds: number;
  /** Of the whole process, start included. */
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

/** Medians of the runs, s, and what they come to. */
export interface CleaningFigures {
  readonly tracks: number;
  readonly runs: number;
  readonly csvBytes: number;
  readonly seconds: Readonly<Record<Kind, number>>;
  readonly cpuSeconds: Readonly<Record<Kind, number>>;
  /** Highest resident memory of any run, MiB. */
  readonly peakMib: Readonly<Record<Kind, number>>;
  /** Seconds of `ingest` over those of DuckDB's COPY of the same query. */
  readonly cleanVsCopy: number;
  /** Over those of DuckDB's simplest COPY. */
  readonly cleanVsSimplest: number;
}

const exec = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KINDS: readonly Kind[] = ['ingest', 'same query', 'simplest copy'];
const WRITTEN = ['X_train.parquet', 'y_train.parquet', 'X_test.parquet', 'y_test.parquet'];

/**
 * Measures on a new synthetic catalogue.
 *
 * @throws Error if `ingest` and DuckDB don't write the same rows in the same order
 */
export async function measureCleaning(tracks: number, runs: number): Promise<CleaningFigures> {
  const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
  try {
    const catalogue = join(work, 'catalogue.csv');
    await node('bin/segue.js', 'generate', '--tracks', String(tracks), '--seed', '7', '--out', catalogue);
    const found = new Map<Kind, CleaningRun[]>(KINDS.map((kind) => [kind, []]));
    for (let i = 0; i <= runs; i += 1) {
      const order = KINDS.map((_, j) => KINDS[(i + j) % KINDS.length]!);
      for (const kind of order) {
        const run = await runOnce(kind, catalogue, work);
        if (i > 0) found.get(kind)!.push(run); // the first of each warms the file cache
      }
    }
    await requireSameRows(join(work, 'ingest'), join(work, 'same query'));
    const by = (figure: (of: readonly CleaningRun[]) => number): Record<Kind, number> =>
      Object.fromEntries(KINDS.map((kind) => [kind, figure(found.get(kind)!)])) as Record<Kind, number>;
    const seconds = by((of) => median(of.map((run) => run.seconds)));
    return {
      tracks,
      runs,
      csvBytes: (await stat(catalogue)).size,
      seconds,
      cpuSeconds: by((of) => median(of.map((run) => run.cpuSeconds))),
      peakMib: by((of) => Math.max(...of.map((run) => run.peakMib))),
      cleanVsCopy: seconds.ingest / seconds['same query'],
      cleanVsSimplest: seconds.ingest / seconds['simplest copy'],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function runOnce(kind: Kind, catalogue: string, work: string): Promise<CleaningRun> {
  const out = join(work, kind);
  const scratch = join(work, 'scratch');
  await mkdir(out, { recursive: true });
  const stdout = await node('--import', 'tsx', 'bench/cleaning-run.ts', kind, catalogue, out, scratch);
  return JSON.parse(stdout) as CleaningRun;
}

async function node(...argv: string[]): Promise<string> {
  return (await exec(process.execPath, argv, { cwd: ROOT })).stdout;
}

async function requireSameRows(ours: string, theirs: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(ENGINE.threads) });
  const connection = await instance.connect();
  for (const name of WRITTEN) {
    const [one, other] = [ours, theirs].map((folder) => `read_parquet('${join(folder, name)}')`);
    const differing = await connection.runAndReadAll(
      `SELECT (SELECT count(*) FROM ${one}) - (SELECT count(*) FROM ${other}), count(*) FILTER (WHERE a IS DISTINCT FROM b)
       FROM (SELECT a FROM ${one} AS a) POSITIONAL JOIN (SELECT b FROM ${other} AS b)`,
    );
    const [missing, different] = differing.getRows()[0]!.map(Number);
    if (missing !== 0 || different !== 0)
      throw new Error(`${name}: ${missing} rows more or fewer, ${different} rows differ`);
  }
  instance.closeSync();
}

function render({
  tracks,
  runs,
  csvBytes,
  seconds,
  cpuSeconds,
  peakMib,
  ...ratios
}: CleaningFigures): string {
  const row = (kind: Kind, name: string): string =>
    `| ${name} | ${seconds[kind].toFixed(2)} | ${(seconds.ingest / seconds[kind]).toFixed(2)} | ${cpuSeconds[kind].toFixed(2)} | ${peakMib[kind].toLocaleString('en')} |`;
  return [
    '# `npm run bench:cleaning`',
    '',
    `${tracks.toLocaleString('en')} synthetic tracks (${(csvBytes / 1e6).toFixed(0)} MB of CSV). Medians of ${runs} runs, interleaved, each in a new process; ${ENGINE.threads} threads and ${ENGINE.memoryLimit} for DuckDB on every side.`,
    '',
    describeMachine(),
    '',
    '| what | seconds | `ingest` takes times that | processor seconds | peak memory, MiB |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('ingest', 'T1, `ingest`'),
    row('same query', "DuckDB's COPY of the same query"),
    row('simplest copy', "DuckDB's COPY of the filter alone, into one file"),
    '',
    `\`ingest\` takes ${ratios.cleanVsCopy.toFixed(2)} times as long as DuckDB's COPY of the same query, and ${ratios.cleanVsSimplest.toFixed(2)} times as long as the simplest COPY.`,
    '',
    'The same query (`bench/cleaning-peer.ts`): the columns typed by hand, the same rules, the first row of each track id, the same md5 split, X and y of either side sorted by track id, zstd at the same level. Row by row it writes what `ingest` writes; that is checked at each run of this bench. `ingest` alone also checks the encoding and the layout of the text by its own scanner, hashes the source (SHA-256) and the cleaned rows, quotes each rejected row with its line, reason and text, flushes the files to disk, and counts again what it wrote.',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      tracks: { type: 'string', default: '1160000' },
      runs: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const figures = await measureCleaning(Number(values.tracks), Number(values.runs));
  const report = render(figures);
  await writeFile(join(ROOT, 'bench/results/cleaning.md'), report);
  process.stdout.write(report);
  if (values.json) {
    const line = { clean_vs_copy: figures.cleanVsCopy, clean_vs_simplest_copy: figures.cleanVsSimplest };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
