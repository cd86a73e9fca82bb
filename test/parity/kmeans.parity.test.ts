import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '#segue/core/progress.js';
import { assign } from '#segue/training/assign.js';
import { clusteringOf } from '#segue/training/clustering.js';
import { fitKMeans, fitRows, settle } from '#segue/training/kmeans.js';
import { fitMoments } from '#segue/training/moments.js';
import { openPool } from '#segue/training/pool.js';
import { referenceOf } from '#segue/training/reference.js';
import { loadRows, streamOf } from '#segue/training/rows.js';
import { fitScaler, scalerFrom, standardise } from '#segue/training/scaler.js';
import { allSilhouettes } from '#segue/training/silhouette.js';
import { summarise } from '#segue/training/summaries.js';
import { lloyd } from '../training/support/fit.js';
import { type DataSet, readColumns, readFigures, readLabels, readManifest } from './manifest.js';
import { runPython, testData } from './venv.js';

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
  manifest = readManifest(folder);
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
  const lines = [...largest].map(([what, gap]) => `  ${what}: ${gap.toExponential(1)}`);
  process.stdout.write(
    `largest difference from scikit-learn, relative but for scores\n${lines.join('\n')}\n`,
  );
});

describe.each(SETS)('%s', (name) => {
  const dataSet = (): DataSet => manifest.find((one) => one.name === name)!;

  it('has the same scaler and reference statistics', async () => {
    const given = dataSet();
    const raw = readColumns(folder, given, 'raw');
    const scaler = await fitScaler(raw, pool);
    near('scaler', [...scaler.mean, ...scaler.sd], [...given.mean, ...given.sd], 1e-12);
    const { rows, moments } = await loadRows(streamOf(raw), { largestK: 2, scalerOf: scalerFrom }, pool);
    expect(moments).toEqual(await fitMoments(raw, pool));
    const [found] = await fitRows(rows, [2], { seed: 1, starts: 1 }, pool, silent);
    const { all } = await summarise(rows, await settle(rows, found!, pool), moments, 1, pool);
    const reference = referenceOf(raw.names, moments, all);
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
    const theirs = readColumns(folder, given, 'z').data;
    const gap = Math.max(...ours.map((column, j) => largestGap(column, theirs[j]!)));
    expect(gap).toBeLessThan(1e-12);
  });

  it.each(CASES)('has the same labels, iterations, inertia and centroids: %s', async (caseName) => {
    const given = dataSet();
    const expected = given.cases.find((one) => one.name === caseName)!;
    const columns = readColumns(folder, given, 'z');
    const theirs = readLabels(folder, expected);
    const unit = mean((await fitMoments(columns, pool)).map(({ sd }) => sd * sd));
    const settings = { maxIterations: expected.max_iterations, tolerance: expected.tolerance * unit };
    const result = await lloyd(columns, expected.initial, settings, pool);
    expect(differences(Int32Array.from(result.labels), theirs)).toBe(0);
    expect(result.iterations).toBe(expected.iterations);
    near('inertia', [result.inertia], [expected.inertia], 1e-12);
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
    const whole = readColumns(folder, given, 'z');
    const columns = { ...whole, rows, data: whole.data.map((column) => column.subarray(0, rows)) };
    const labels = readLabels(folder, expected).subarray(0, rows);
    const clustering = clusteringOf(columns, labels, expected.initial.length);
    const scores = await allSilhouettes(clustering, expected.centroids, { seed: 1, exactRows: rows }, pool);
    expect(scores).toHaveLength(3);
    for (const { metric, mean: score } of scores!) {
      const gap = Math.abs(score - silhouettes[metric]!); // a score lies between -1 and 1, and may be 0
      largest.set(metric, Math.max(largest.get(metric) ?? 0, gap));
      expect(gap, metric).toBeLessThan(1e-9);
    }
  });
});

describe.each(CATALOGUES)('%s against the stored figures', (name) => {
  const { clean } = readFigures().datasets[name]!;

  it('cleans to the same rows and scales them alike', async () => {
    const given = manifest.find((one) => one.name === name)!;
    expect(given.rows).toBe(clean.rows_used);
    const { mean: means, sd } = await fitScaler(readColumns(folder, given, 'raw'), pool);
    near('scaler', [...means, ...sd], [...clean.scaler_mean, ...clean.scaler_scale], 1e-12);
  });

  // In as many: for k = 10 on the smaller catalogue fewer than one start in five comes so close, here (55 of 300) as in scikit-learn
  // (51 of 300), so that 10 starts with one seed may all miss it.
  it.each(Object.keys(clean.per_k))(
    'comes within 0.3 % of the best of 60 starts in as many: k=%s',
    async (k) => {
      const raw = readColumns(folder, manifest.find((one) => one.name === name)!, 'raw');
      const columns = standardise(raw, await fitScaler(raw, pool));
      const { inertia } = await fitKMeans(columns, { k: Number(k), seed: 42, starts: 60 }, pool, silent);
      const best = clean.per_k[k]!.best_inertia_over_seeds_0_4_and_42;
      largest.set(
        'inertia above the best known',
        Math.max(largest.get('inertia above the best known') ?? -1, inertia / best - 1),
      );
      expect(inertia).toBeLessThanOrEqual(best * 1.003);
    },
  );
});

describe.each(CATALOGUES)('%s: k-means++', (name) => {
  it('is worth as much as scikit-learn’s: the same mean inertia of single starts', async () => {
    const given = manifest.find((one) => one.name === name)!;
    const columns = readColumns(folder, given, 'z');
    for (const { k, inertias } of given.single_starts) {
      const ours: number[] = [];
      for (let seed = 0; seed < inertias.length; seed++) {
        ours.push((await fitKMeans(columns, { k, seed, starts: 1 }, pool, silent)).inertia);
      }
      const error = Math.sqrt((variance(ours) + variance(inertias)) / inertias.length);
      expect(mean(ours) - mean(inertias)).toBeLessThan(3 * error);
    }
  });
});

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

function differences(a: ArrayLike<number>, b: Int32Array): number {
  return b.reduce((count, label, i) => count + (label === a[i] ? 0 : 1), 0);
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
