import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnsFromRows } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { exportModel } from '#segue/models/export/export.js';
import { type Model, sealModel } from '#segue/models/format.js';
import { compile, type Prediction, predictOne } from '#segue/models/predict.js';

import { streamOf } from '#segue/training/rows.js';
import { trainModel } from '#segue/training/train.js';
import { contentOf } from '../models/example.js';
import { runPython, testData } from './venv.js';

const NAMES = SPOTIFY_FEATURES.features.map(({ name }) => name);

type Rows = readonly (readonly number[])[];

interface Answers {
  readonly facts: Record<string, unknown>;
  readonly sklearn: { labels: number[]; distances: number[][] };
  readonly onnx: { labels: number[]; distances: number[][] };
}

/** What scikit-learn and onnxruntime answer; the wild rows come after the others and go to onnxruntime only. */
async function ask(model: Model, rows: Rows, wild: Rows = []): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-parity-'));
  try {
    return await askIn(folder, model, rows, wild);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askIn(folder: string, model: Model, rows: Rows, wild: Rows): Promise<Answers> {
  for (const format of ['joblib', 'onnx'] as const) {
    await writeFile(join(folder, `model.${format}`), exportModel(model, format));
  }
  await writeFile(
    join(folder, 'features.json'),
    JSON.stringify(model.contract.features.map(({ name }) => name)),
  );
  await writeFile(join(folder, 'rows.f64'), Float64Array.from(rows.flat()));
  await writeFile(join(folder, 'wild.f64'), Float64Array.from(wild.flat()));
  runPython('exports.py', folder);
  const answersOf = async (who: string): Promise<{ labels: number[]; distances: number[][] }> => {
    const labels = new BigInt64Array(bytesOf(await readFile(join(folder, `${who}.i64`))));
    const flat = new Float64Array(bytesOf(await readFile(join(folder, `${who}.f64`))));
    const k = model.centroids.length;
    return {
      labels: Array.from(labels, Number),
      distances: Array.from(labels, (_, i) => Array.from(flat.subarray(i * k, (i + 1) * k))),
    };
  };
  return {
    facts: JSON.parse(await readFile(join(folder, 'facts.json'), 'utf8')) as Record<string, unknown>,
    sklearn: await answersOf('sklearn'),
    onnx: await answersOf('onnx'),
  };
}

const bytesOf = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;

const labelsOf = (predictions: readonly Prediction[]): number[] =>
  predictions.map(({ cluster_id }) => cluster_id);

function predictAll(model: Model, rows: Rows): Prediction[] {
  const compiled = compile(model);
  return rows.map((row) => predictOne(compiled, row));
}

/** onnxruntime's distances of nearest segment and runner-up must be ours to the last bit. */
function expectSameBits(distances: readonly number[][], predictions: readonly Prediction[]): void {
  const theirs = predictions.map(({ cluster_id, runner_up }, i) => [
    distances[i]![cluster_id],
    distances[i]![runner_up!.cluster_id],
  ]);
  expect(theirs).toEqual(predictions.map(({ distance, runner_up }) => [distance, runner_up!.distance]));
}

async function realRows(): Promise<number[][]> {
  const file = join(testData(), 'spotify_1m_sample_rows_0001_5000.csv');
  const connection = await (await DuckDBInstance.create()).connect();
  const columns = NAMES.map((name) => `${name}::DOUBLE`).join(', ');
  const sql = `SELECT ${columns} FROM read_csv('${file}', header = true) WHERE tempo BETWEEN 40 AND 250 ORDER BY track_id`;
  const reader = await connection.runAndReadAll(sql);
  connection.closeSync();
  return reader.getRows() as number[][];
}

async function realModel(rows: Rows): Promise<Model> {
  const columns = columnsFromRows(NAMES, rows);
  const { scaler, centroids } = await trainModel(
    {
      train: streamOf(columns),
      test: streamOf(columns),
      contract: SPOTIFY_FEATURES,
      k: 5,
      seed: 42,
      starts: 2,
      minSegmentShare: 0,
      threads: 2,
    },
    silent,
  );
  return sealModel(contentOf(scaler.mean, scaler.sd, centroids), null);
}

/** Rows in the middle between two centroids, moved along the plane between them: rounding decides whose they are. */
function boundaryRows({ centroids, scaler }: Model, count: number): number[][] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const a = random.below(centroids.length);
    const b = (a + 1 + random.below(centroids.length - 1)) % centroids.length;
    const axis = centroids[a]!.map((x, j) => centroids[b]![j]! - x);
    const move = axis.map(() => random.normal());
    const along = dot(move, axis) / dot(axis, axis);
    return axis.map((_, j) => {
      const z = (centroids[a]![j]! + centroids[b]![j]!) / 2 + 0.1 * (move[j]! - along * axis[j]!);
      return z * scaler.sd[j]! + scaler.mean[j]!;
    });
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, j) => sum + x * b[j]!, 0);

describe('a model of real tracks, exported', () => {
  let model: Model;
  let answers: Answers;
  // In this order: the real tracks, tracks beside a boundary, then for onnxruntime only tracks on a boundary and absurd ones.
  let real: Rows;
  let beside: Rows;
  let wild: Rows;

  beforeAll(async () => {
    real = await realRows();
    model = await realModel(real);
    const onBoundaries = boundaryRows(model, 20_000);
    const moved = onBoundaries.map((row) => row.map((x, j) => x + 1e-9 * model.scaler.sd[j]!));
    const predictions = predictAll(model, moved);
    beside = moved.filter((_, i) => predictions[i]!.margin > 1e-12);
    const sizes = [1e308, -1e308, 1e155, -1e20, Number.MIN_VALUE];
    wild = [...onBoundaries, ...sizes.map((x) => NAMES.map((_, j) => (j % 2 === 0 ? x : -x)))];
    answers = await ask(model, [...real, ...beside], wild);
  });

  it('gives every track the label that Segue gives it', () => {
    const predictions = predictAll(model, real);
    expect(real).toHaveLength(4996);
    expect(new Set(labelsOf(predictions)).size).toBe(5);
    const { sklearn, onnx } = answers;
    expect(sklearn.labels.slice(0, real.length)).toEqual(labelsOf(predictions));
    expect(onnx.labels.slice(0, real.length)).toEqual(labelsOf(predictions));
    expectSameBits(onnx.distances, predictions);
    const errors = predictions.map(({ cluster_id, distance }, i) =>
      Math.abs(sklearn.distances[i]![cluster_id]! / distance - 1),
    );
    expect(Math.max(...errors)).toBeLessThan(1e-9);
  });

  it('agrees in scikit-learn a billionth of a standard deviation beside a boundary', () => {
    expect(beside.length).toBeGreaterThan(5000);
    expect(answers.sklearn.labels.slice(real.length)).toEqual(labelsOf(predictAll(model, beside)));
  });

  it('agrees in onnxruntime to the last bit where rounding decides, and for values of absurd size', () => {
    const predictions = predictAll(model, wild);
    const first = real.length + beside.length;
    expect(predictions.filter(({ margin }) => margin < 1e-12).length).toBeGreaterThan(10_000);
    expect(answers.onnx.labels.slice(first)).toEqual(labelsOf(predictions));
    expectSameBits(answers.onnx.distances.slice(first), predictions);
  });

  it('is a scikit-learn pipeline and an ONNX graph like any other', () => {
    const { text, onnx_metadata, ...facts } = answers.facts;
    expect(text).toMatch(/StandardScaler[^]*KMeans\(n_clusters=5, n_init=10, random_state=42\)/);
    expect(onnx_metadata).toMatchObject({
      segue_model_version: model.version,
      segue_model_hash: model.hash,
      features: JSON.stringify(NAMES),
    });
    expect(facts).toEqual({
      type: 'sklearn.pipeline.Pipeline',
      model_version: model.version,
      names_in: NAMES,
      names_out: ['kmeans0', 'kmeans1', 'kmeans2', 'kmeans3', 'kmeans4'],
      samples_seen: model.lineage.train_rows,
      score_is_minus_wcss: true,
      same_when_dumped_again: true,
      segments_when_fitted_again: 5,
      other_order_of_columns: 'Feature names must be in the same order as they were in fit.',
      onnx_inputs: [['features', 'tensor(double)', ['N', 5]]],
      onnx_outputs: [
        ['label', 'tensor(int64)', ['N']],
        ['distances', 'tensor(double)', ['N', 5]],
      ],
    });
  });
});

it('gives a tie to the lower id everywhere, where the arithmetic is exact', async () => {
  const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
  const twice = [...corners, ...corners.toReversed()];
  const model = sealModel(contentOf([4, -8, 0], [2, 0.5, 1], twice), null);
  const steps = [-2, -1, -0.5, 0, 0.25, 1, 3];
  const rows = steps.flatMap((x) => steps.flatMap((y) => steps.map((z) => [4 + 2 * x, -8 + 0.5 * y, z])));
  const predictions = predictAll(model, rows);
  expect(predictions.every(({ margin }) => margin === 0)).toBe(true);
  const { sklearn, onnx } = await ask(model, rows);
  expect(sklearn.labels).toEqual(labelsOf(predictions));
  expect(onnx.labels).toEqual(labelsOf(predictions));
});
