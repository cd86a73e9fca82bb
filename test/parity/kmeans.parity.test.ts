import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '#segue/core/progress.js';
import { assign } from '#segue/training/assign.js';
import { allocateColumns, type Columns } from '#segue/training/columns.js';
import { fitKMeans } from '#segue/training/kmeans.js';
import { lloyd } from '#segue/training/lloyd.js';
import { fitMoments } from '#segue/training/moments.js';
import { openPool } from '#segue/training/pool.js';
import { referenceOf } from '#segue/training/reference.js';
import { fitScaler, standardise } from '#segue/training/scaler.js';
import { allSilhouettes } from '#segue/training/silhouette.js';
import { runPython, testData } from './venv.js';

/** What kmeans.py writes for one data set. Arrays over features follow `features`. */
interface DataSet {
  readonly name: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  readonly kurtosis: readonly number[];
  readonly decile_edges: readonly (readonly number[])[];
  readonly cases: readonly Case[];
}

/** One fit by scikit-learn. */
interface Case {
  readonly name: string;
  readonly initial: readonly (readonly number[])[];
  readonly max_iterations: number;
  readonly tolerance: number;
  /** File of int32. */
  readonly labels: string;
  readonly centroids: readonly (readonly number[])[];
  readonly inertia: number;
  readonly iterations: number;
  /** Over the first `rows` rows. */
  readonly silhouettes: { readonly rows: number } & Readonly<Record<string, number>>;
}

/** Figures of an older scikit-learn, kept beside the catalogues. */
interface Figures {
  readonly datasets: Readonly<
    Record<
      string,
      {
        readonly clean: {
          readonly rows_used: number;
          readonly scaler_mean: readonly number[];
          readonly scaler_scale: readonly number[];
          readonly per_k: Readonly<Record<string, { readonly best_inertia_over_seeds_0_4_and_42: number }>>;
        };
      }
    >
  >;
}

const CATALOGUES = ['hitpredictor_dataset-of-60s.csv', 'spotify_1m_sample_rows_0001_5000.csv'] as const;
const SETS = [...CATALOGUES, 'synthetic_100k'] as const;
const CASES = [
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((k) => `k=${k}`),
  'until no label changes',
  'stopped after 3 iterations',
  'an empty segment',
];

const pool = openPool(2);
const folder = mkdtempSync(join(tmpdir(), 'segue-parity-'));
const largest = new Map<string, number>();
let manifest: readonly DataSet[] = [];

beforeAll(() => {
  runPython('kmeans.py', testData(), folder);
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as DataSet[];
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
  const lines = [...largest].map(([what, gap]) => `  ${what}: ${gap.toExponential(1)}`);
  process.stdout.write(`largest relative difference from scikit-learn\n${lines.join('\n')}\n`);
});

describe.each(SETS)('%s', (name) => {
  const dataSet = (): DataSet => manifest.find((one) => one.name === name)!;

  it('has the same scaler and reference statistics', () => {
    const given = dataSet();
    const raw = readColumns(given, 'raw');
    const scaler = fitScaler(raw);
    near('scaler', [...scaler.mean, ...scaler.sd], [...given.mean, ...given.sd], 1e-12);
    const reference = referenceOf(raw, fitMoments(raw));
    near(
      'kurtosis',
      reference.map(({ kurtosis }) => kurtosis),
      given.kurtosis,
      1e-9,
    );
    near(
      'deciles',
      reference.flatMap((feature) => feature.decile_edges),
      given.decile_edges.flat(),
      1e-12,
    );
    const ours = standardise(raw, scaler).data;
    const theirs = readColumns(given, 'z').data;
    const gap = Math.max(...ours.map((column, j) => largestGap(column, theirs[j]!)));
    expect(gap).toBeLessThan(1e-12);
  });

  it.each(CASES)('has the same labels, iterations, inertia and centroids: %s', async (caseName) => {
    const given = dataSet();
    const expected = given.cases.find((one) => one.name === caseName)!;
    const columns = readColumns(given, 'z');
    const theirs = readLabels(expected);
    const variance = mean(fitMoments(columns).map(({ sd }) => sd * sd));
    const settings = { maxIterations: expected.max_iterations, tolerance: expected.tolerance * variance };
    const result = await lloyd(columns, expected.initial, settings, pool);
    expect(differences(result.labels, theirs)).toBe(0);
    expect(result.iterations).toBe(expected.iterations);
    near('inertia', [result.inertia], [expected.inertia], 1e-9);
    const gaps = result.centroids.map((point, c) =>
      Math.hypot(...point.map((x, j) => x - expected.centroids[c]![j]!)),
    );
    expect(Math.max(...gaps)).toBeLessThan(1e-9);
    const assigned = await assign(columns, expected.centroids, pool);
    expect(differences(assigned.labels, theirs)).toBe(0);
  });

  it.each(CASES)('has the same Silhouettes: %s', async (caseName) => {
    const given = dataSet();
    const { silhouettes, ...expected } = given.cases.find((one) => one.name === caseName)!;
    const { rows } = silhouettes;
    const whole = readColumns(given, 'z');
    const columns = { ...whole, rows, data: whole.data.map((column) => column.subarray(0, rows)) };
    const labels = readLabels(expected).subarray(0, rows);
    const clustering = { columns, labels, k: expected.initial.length };
    const scores = await allSilhouettes(clustering, expected.centroids, { seed: 1, exactRows: rows }, pool);
    expect(scores).toHaveLength(3);
    for (const { metric, mean: score } of scores!) near(metric, [score], [silhouettes[metric]!], 1e-9);
  });
});

describe.each(CATALOGUES)('%s against the stored figures', (name) => {
  const figures = JSON.parse(readFileSync(join(testData(), 'sklearn_reference.json'), 'utf8')) as Figures;
  const { clean } = figures.datasets[name]!;

  it('cleans to the same rows and scales them alike', () => {
    const given = manifest.find((one) => one.name === name)!;
    expect(given.rows).toBe(clean.rows_used);
    const { mean: means, sd } = fitScaler(readColumns(given, 'raw'));
    near('scaler', [...means, ...sd], [...clean.scaler_mean, ...clean.scaler_scale], 1e-12);
  });

  it.each(Object.keys(clean.per_k))(
    'finds as good a fit in 10 starts as 60 starts of scikit-learn: k=%s',
    async (k) => {
      const raw = readColumns(manifest.find((one) => one.name === name)!, 'raw');
      const columns = standardise(raw, fitScaler(raw));
      const { inertia } = await fitKMeans(columns, { k: Number(k), seed: 42 }, pool, silent);
      const best = clean.per_k[k]!.best_inertia_over_seeds_0_4_and_42;
      largest.set(
        'inertia above the best known',
        Math.max(largest.get('inertia above the best known') ?? -1, inertia / best - 1),
      );
      expect(inertia).toBeLessThanOrEqual(best * 1.001);
    },
  );
});

function readColumns({ name, rows, features }: DataSet, units: 'raw' | 'z'): Columns {
  const columns = allocateColumns(features, rows);
  const values = new Float64Array(readBytes(`${name}.${units}.f64`));
  columns.data.forEach((column, j) => column.set(values.subarray(j * rows, (j + 1) * rows)));
  return columns;
}

function readLabels({ labels }: Pick<Case, 'labels'>): Int32Array {
  return new Int32Array(readBytes(labels));
}

/** A file in memory that threads share. */
function readBytes(file: string): SharedArrayBuffer {
  const bytes = readFileSync(join(folder, file));
  const memory = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(memory).set(bytes);
  return memory;
}

/** Expects every value within a relative difference, and keeps the largest for the summary. */
function near(what: string, actual: readonly number[], expected: readonly number[], limit: number): void {
  expect(actual).toHaveLength(expected.length);
  const gap = Math.max(
    ...actual.map(
      (value, i) => Math.abs(value - expected[i]!) / Math.max(Math.abs(expected[i]!), Number.MIN_VALUE),
    ),
  );
  largest.set(what, Math.max(largest.get(what) ?? 0, gap));
  expect(gap, what).toBeLessThanOrEqual(limit);
}

function largestGap(a: Float64Array, b: Float64Array): number {
  return a.reduce((gap, value, i) => Math.max(gap, Math.abs(value - b[i]!)), 0);
}

function differences(a: Int32Array, b: Int32Array): number {
  return a.reduce((count, label, i) => count + (label === b[i] ? 0 : 1), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
