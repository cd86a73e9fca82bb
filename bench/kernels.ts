/**
 * Times the numeric kernels side by side with scikit-learn, scikit-learn-intelex, faiss and npm's packages, in a Python environment that
 * it makes itself, and checks that the results agree. Writes results/kernels.md, .json and .svg.
 *
 *     npm run bench:kernels                             everything, 5 counted runs each
 *     npm run bench:kernels -- --only fit_1m            measures these works anew and keeps the others' results
 *     npm run bench:kernels -- --rows 20000 --rounds 1  at most so many rows: a smoke run; results/ is left alone
 *     npm run bench:kernels -- --full                   scikit-learn makes every start of auto_k_1m
 *     npm run bench:kernels -- --json                   the last line is one JSON object
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPool } from '#segue/training/pool.js';
import { failed } from './check.js';
import { benchAutoK } from './kernels/auto-k.js';
import { renderChart } from './kernels/chart.js';
import { summaryOf } from './kernels/figures.js';
import { benchFit } from './kernels/fit.js';
import { benchMemory } from './kernels/memory.js';
import { benchNpm } from './kernels/npm-peers.js';
import { benchPredict } from './kernels/predict.js';
import { prepareData } from './kernels/prepare.js';
import { benchScaler } from './kernels/scaler.js';
import { benchSilhouette } from './kernels/silhouette.js';
import { type Circumstances, type PeerVersions, renderTable } from './kernels/table.js';
import { type Bench, WORKS, type WorkName, type WorkResult } from './kernels/work.js';
import { preparePython, startPeer } from './peers/python.js';
import { describeMachine } from './report.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rows: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    full: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const BENCHES: Readonly<Record<WorkName, (bench: Bench) => Promise<WorkResult>>> = {
  fit_1m: (bench) => benchFit(bench, 'fit_1m', 1_160_000),
  fit_10m: (bench) => benchFit(bench, 'fit_10m', 10_000_000),
  auto_k_1m: benchAutoK,
  silhouette_50k: benchSilhouette,
  predict_10m: benchPredict,
  scaler_10m: benchScaler,
  npm_100k: benchNpm,
  bytes_per_row: benchMemory,
};

/** Fewer rounds are a look, not a result. */
const LEAST_ROUNDS = 5;

const names = selected(values.only);
const threads = Number(values.threads);
const rounds = Number(values.rounds);
const most = Number(values.rows ?? Infinity);
const folder = await mkdtemp(join(tmpdir(), 'segue-bench-'));
const pool = openPool(threads);
const python = preparePython();
const peer = startPeer(python, threads);
const others = startPeer(python, threads);
try {
  const versions = await peer.ask<PeerVersions>('versions');
  const has = {
    intelex: installed('scikit-learn-intelex', versions),
    faiss: installed('faiss-cpu', versions),
  };
  const given = { pool, threads, peer, others, has, rounds, folder, full: values.full };
  const bench: Bench = { ...given, ...prepareData(given), rows: (rows) => Math.min(rows, most) };

  const results: WorkResult[] = [];
  for (const name of names) {
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${name}\n`);
    results.push(await BENCHES[name](bench));
  }
  const circumstances: Circumstances = { threads, rounds, versions, npm: await npmVersions() };
  const table = renderTable(results, circumstances);
  process.stdout.write(`${table}\n`);
  const disagreements = results.flatMap((result) =>
    result.kind === 'timed' ? result.checks.filter(failed).map(({ what }) => `${result.name}: ${what}`) : [],
  );
  if (disagreements.length > 0) throw new Error(`The results disagree: ${disagreements.join('; ')}`);
  if (values.rows === undefined && rounds >= LEAST_ROUNDS) await save(results, circumstances);
  if (values.json) process.stdout.write(`${JSON.stringify(summaryOf(results))}\n`);
} finally {
  await peer.close();
  await others.close();
  await pool.close();
  await rm(folder, { recursive: true, force: true });
}

function selected(only: string | undefined): readonly WorkName[] {
  if (only === undefined) return WORKS;
  const wanted = only.split(',');
  const unknown = wanted.filter((name) => !(WORKS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`--only knows ${WORKS.join(', ')}; not ${unknown.join(', ')}`);
  return WORKS.filter((name) => wanted.includes(name));
}

function installed(name: string, { packages }: PeerVersions): boolean {
  return typeof packages[name] === 'string';
}

async function save(measured: readonly WorkResult[], circumstances: Circumstances): Promise<void> {
  const before = names.length === WORKS.length ? [] : await savedResults();
  const results = WORKS.flatMap(
    (name) => [...measured, ...before].find((result) => result.name === name) ?? [],
  );
  const table = renderTable(results, circumstances);
  const content = { machine: describeMachine(), ...circumstances, summary: summaryOf(results), results };
  await writeFile(resultFile('md'), table);
  await writeFile(resultFile('svg'), renderChart(results));
  await writeFile(resultFile('json'), `${JSON.stringify(content, null, 2)}\n`);
}

async function savedResults(): Promise<readonly WorkResult[]> {
  return (JSON.parse(await readFile(resultFile('json'), 'utf8')) as { results: readonly WorkResult[] })
    .results;
}

function resultFile(ending: string): URL {
  return new URL(`results/kernels.${ending}`, import.meta.url);
}

async function npmVersions(): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(['ml-kmeans', 'skmeans'].map(async (name) => [name, await versionOf(name)] as const)),
  );
}

async function versionOf(name: string): Promise<string> {
  const manifest = await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
