import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { type Columns, columnsFromRows } from '#segue/core/columns.js';
import type { DatasetFiles } from '#segue/core/home.js';
import { type Progress, silent } from '#segue/core/progress.js';
import type { SqlEngine } from '#segue/engine/sql-engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { assign } from '#segue/training/assign.js';
import {
  type SidesAtScale,
  type TrainingAtScaleInput,
  trainAtScale,
} from '#segue/training/at-scale/train.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from '#segue/training/centre-silhouettes.js';
import { clusteringOf } from '#segue/training/clustering.js';
import { silhouetteEuclidean } from '#segue/training/euclidean-silhouette.js';
import { pick } from '#segue/training/evidence/sample.js';
import { fitKMeans } from '#segue/training/kmeans.js';
import { euclideanSilhouette } from '#segue/training/metrics.js';
import { fitMoments } from '#segue/training/moments.js';
import { openPool, type Pool } from '#segue/training/pool.js';
import { streamOf } from '#segue/training/rows.js';
import { scalerFrom, standardise } from '#segue/training/scaler.js';
import { type TrainingInput, trainModel } from '#segue/training/train.js';
import type { TrainedModel } from '#segue/training/trained-model.js';
import { workbench } from '../catalogue/workbench.js';

const NAMES = SPOTIFY_FEATURES.features.map(({ name }) => name);
const SETTINGS = {
  contract: SPOTIFY_FEATURES,
  k: 4,
  seed: 42,
  starts: 2,
  minSegmentShare: 0.02,
  threads: 2,
} as const;

/** One side of the split, as T1 leaves it. */
interface Side {
  readonly ids: readonly string[];
  readonly columns: Columns;
}

/**
 * What training by any engine comes to, against the kernels' on the same rows.
 *
 * @param opened gives the engine once the suite runs
 */
export function describeTraining(name: string, opened: () => SqlEngine): void {
  describe.each([name])('training by %s', async () => {
    const bench = await workbench();
    let engine: SqlEngine;
    let all: SidesAtScale;
    let train: Side;
    let test: Side;
    let pool: Pool;

    beforeAll(async () => {
      engine = opened();
      const source = join(bench.root, 'catalogue.csv');
      await writeSyntheticCatalogue(source, { tracks: 20_000, seed: 11 });
      const { files } = await bench.ingest(source);
      const side = async (path: string): Promise<Side> => {
        const rows = await bench.rows(path);
        const values = rows.map((row) => NAMES.map((feature) => Number(row[feature])));
        return { ids: rows.map((row) => String(row['track_id'])), columns: columnsFromRows(NAMES, values) };
      };
      all = await sidesOf(engine, files);
      [train, test] = [await side(files.xTrain), await side(files.xTest)];
      pool = openPool(2);
      return () => pool.close();
    });

    const inputOf = (
      rows: Columns,
      others: Columns,
      options: Partial<TrainingInput> = {},
    ): TrainingAtScaleInput => ({
      ...SETTINGS,
      all,
      train: streamOf(rows),
      test: streamOf(others),
      ...options,
    });

    it('gives the model of one machine where the sample is all rows', async () => {
      const input = inputOf(train.columns, test.columns, { tolerance: 0 });
      const found = await trainAtScale(input, silent);
      const expected = await trainModel(input, silent);
      expectAlike(found, expected);
      expect(described(found)).toEqual(described(expected));
    });

    it('chooses k and holds it, and begins at production’s centroids, as one machine does', async () => {
      const parent = await trainModel(inputOf(test.columns, test.columns, { k: 3 }), silent);
      const few = { ...SETTINGS, k: 'auto', starts: 1, tolerance: 0, parent } as const;
      const input = inputOf(train.columns, test.columns, few);
      const found = await trainAtScale(input, silent);
      expectAlike(found, await trainModel(input, silent));
      expect(found.settings).toMatchObject({ k: 3, k_mode: 'held', start: 'warm' });
      expect(found.metrics.k_curve!.length).toBe(11);
    });

    it('learns from all rows, and describes them by a sample', async () => {
      const steps: string[] = [];
      const progress: Progress = { step: (text) => steps.push(text), advance() {} };
      const [sample, others] = [sampleOf(train, 5000), sampleOf(test, 1000)];
      const found = await trainAtScale(inputOf(sample, others, { exactRows: 2000 }), progress);

      const moments = await fitMoments(train.columns, pool);
      const scaler = scalerFrom(moments);
      expectAlike(found.scaler, scaler);
      expect(found.reference.map(({ n, min, max }) => [n, min, max])).toEqual(
        moments.map(({ n, min, max }) => [n, min, max]),
      );
      const scaled = standardise(train.columns, scaler);
      const { centroids: initial } = await fitKMeans(standardise(sample, scaler), SETTINGS, pool, silent);
      const expected = await fitKMeans(scaled, { ...SETTINGS, initial }, pool, silent);
      expectAlike(found.centroids, expected.centroids);
      expectAlike(
        found.metrics.segments.map(({ train: { rows, wcss } }) => [rows, wcss]),
        expected.sizes.map((rows, c) => [rows, expected.within[c]!]),
      );
      expect(steps).toContain('fitting k=4 to all rows: iteration 1');

      const otherScaled = standardise(test.columns, scaler);
      const { labels } = await assign(otherScaled, expected.centroids, pool);
      const sides = [
        [
          found.metrics.train,
          clusteringOf(scaled, expected.labels, 4),
          'a sample of 5,000 of the 15,913 rows',
        ],
        [found.metrics.test, clusteringOf(otherScaled, labels, 4), 'a sample of 1,000 of the 4,043 rows'],
      ] as const;
      for (const [metrics, clustering, sampled] of sides) {
        expect(metrics.rows).toBe(clustering.source.rows);
        expectAlike(
          [metrics.silhouette_simplified, metrics.silhouette_sqeuclidean],
          [
            (await silhouetteSimplified(clustering, expected.centroids, pool))!.mean,
            (await silhouetteSqeuclidean(clustering, pool))!.mean,
          ],
        );
        const { metric, value, ci95 } = euclideanSilhouette(metrics);
        expect(metric).toMatch(/^silhouette_euclidean_sampled_\d+$/);
        const exact = (await silhouetteEuclidean(clustering, { seed: 1 }, pool))!.mean;
        expect(ci95![0]).toBeLessThan(exact);
        expect(ci95![1]).toBeGreaterThan(exact);
        expect(value).not.toBe(exact);
        expect(metrics.notes).toEqual([expect.stringContaining(sampled)]);
      }
      expectFeatures(found, train.columns, expected.labels);
      for (const { exemplars } of found.profile.segments) {
        expect(exemplars.every(({ row }) => row < 5000)).toBe(true);
      }
    });

    it('describes no segment that the sample holds no row of, but counts it', async () => {
      const near = Array.from({ length: 300 }, (_, i) => NAMES.map((_name, j) => (i * (j + 3)) % 17));
      const far = Array.from({ length: 5 }, () => NAMES.map(() => 1000));
      const rows = [...near, ...far];
      const from = relationOf(rows);
      const sample = columnsFromRows(NAMES, near);
      const scaler = scalerFrom(await fitMoments(columnsFromRows(NAMES, rows), pool));
      const parent = {
        scaler,
        centroids: [near[0]!, far[0]!].map((row) => row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!)),
      };
      const input = inputOf(sample, sample, { k: 2, parent });
      const found = await trainAtScale({ ...input, all: { ...all, train: from, test: from } }, silent);
      expect(found.settings.start).toBe('warm');
      expect(found.segments.map(({ rows: size }) => size)).toEqual([300, 5]);
      expect(found.segments[1]).toMatchObject({
        distances: null,
      });
      expect(found.segments[1]!.name.en).not.toContain('Average');
      expect(found.profile.segments[1]).toMatchObject({ features: [], exemplars: [] });
      expect(found.metrics.train).toMatchObject({ silhouette_euclidean: null, rows: 305 });
      expect(found.metrics.train.silhouette_simplified).toBeGreaterThan(0.5);
      expect(found.metrics.train.notes).toContain(
        'The sample has too few rows in two segments for a Euclidean Silhouette.',
      );
    });

    it('leaves segments empty where there are fewer distinct rows, as one machine does', async () => {
      const rows = Array.from({ length: 40 }, (_, i) => NAMES.map((_name, j) => (i % 2) * (j + 1)));
      const from = relationOf(rows);
      const columns = columnsFromRows(NAMES, rows);
      const input = inputOf(columns, columns, { k: 3 });
      const found = await trainAtScale({ ...input, all: { ...all, train: from, test: from } }, silent);
      expectAlike(found, await trainModel(input, silent));
      expect(found.segments.map(({ rows: size }) => size)).toEqual([20, 20, 0]);
    });

    it('hands on what the engine throws', async () => {
      const lost = new Error('the cluster is gone');
      let queries = 0;
      const rows: SqlEngine['rows'] = async (sql) => {
        queries += 1;
        if (queries === 4) throw lost;
        return engine.rows(sql);
      };
      const broken = { ...all, engine: { ...engine, rows } };
      const input = inputOf(train.columns, test.columns);
      await expect(trainAtScale({ ...input, all: broken }, silent)).rejects.toBe(lost);
      expect(queries).toBe(4);
    });
  });
}

async function sidesOf(engine: SqlEngine, { xTrain, xTest }: DatasetFiles): Promise<SidesAtScale> {
  const [train, test] = [await engine.parquet([xTrain]), await engine.parquet([xTest])];
  return { engine, train, test, id: 'track_id' };
}

/** Those with the smallest md5, in the order of the rows. */
function sampleOf({ ids, columns }: Side, count: number): Columns {
  const keys = ids.map((id) => createHash('md5').update(`sample|42|${id}`).digest('hex'));
  const chosen = [...keys.keys()].toSorted((a, b) => (keys[a]! < keys[b]! ? -1 : 1)).slice(0, count);
  return pick(
    columns,
    chosen.toSorted((a, b) => a - b),
  );
}

/** Rows as SQL, in any engine. */
function relationOf(rows: readonly (readonly number[])[]): string {
  const values = rows.map((row, i) => `('t${i}', ${row.map((x) => x.toExponential()).join(', ')})`);
  const columns = NAMES.map((feature) => `CAST("${feature}" AS DOUBLE) AS "${feature}"`);
  const names = NAMES.map((feature) => `"${feature}"`);
  return `(SELECT track_id, ${columns.join(', ')} FROM (VALUES ${values.join(', ')}) AS t (track_id, ${names.join(', ')}))`;
}

/** What is told of rows as they are: values of the features, and which rows. */
function described({ reference, profile }: TrainedModel): unknown {
  return [
    reference.map(({ decile_edges, decile_counts }) => [decile_edges, decile_counts]),
    profile.segments.map(({ name, features, exemplars }) => [
      name,
      features.map(({ deciles }) => deciles),
      exemplars.map(({ row }) => row),
    ]),
  ];
}

/** Means, spreads and bins of all rows, as a textbook has them. */
function expectFeatures(
  { profile, reference }: TrainedModel,
  { data }: Columns,
  labels: ArrayLike<number>,
): void {
  profile.segments.forEach(({ features }, c) =>
    features.forEach(({ mean, sd, deciles }, j) => {
      const own = [...data[j]!].filter((_, i) => labels[i] === c);
      const expected = own.reduce((total, x) => total + x, 0) / own.length;
      const squares = own.reduce((total, x) => total + (x - expected) ** 2, 0);
      expectAlike([mean, sd], [expected, Math.sqrt(squares / own.length)]);
      expect(deciles.length).toBe(11);
    }),
  );
  reference.forEach(({ decile_edges: edges, decile_counts }, j) => {
    const bin = (x: number): number => edges.filter((edge) => x > edge).length;
    const counts = Array.from({ length: 10 }, () => 0);
    for (const x of data[j]!) counts[bin(x)]! += 1;
    expect(decile_counts).toEqual(counts);
  });
}

/** Equal; numbers that aren't whole within 1e-9, relative, for sums are made in another order. */
function expectAlike(found: unknown, expected: unknown, path = 'it'): void {
  if (typeof expected === 'number' && !Number.isInteger(expected)) {
    const off = Math.abs(Number(found) - expected) / Math.max(1e-3, Math.abs(expected));
    expect(off, `${path}: ${String(found)} for ${expected}`).toBeLessThan(1e-9);
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(Object(found) as object), path).toEqual(Object.keys(expected));
    for (const [key, value] of Object.entries(expected)) {
      expectAlike((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else if (typeof expected === 'number') {
    expect(found, path).toBeCloseTo(expected, 9);
  } else {
    expect(found, path).toBe(expected);
  }
}
