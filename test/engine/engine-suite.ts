import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignmentSql } from '#segue/catalogue/assignment.js';
import { contentHash, hashOfSums } from '#segue/catalogue/content-hash.js';
import { isTestSql, splitThreshold } from '#segue/catalogue/split.js';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { type Columns, columnsFromRows } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { openDatabase } from '#segue/engine/duckdb/database.js';
import { pathLiteral, textLiteral } from '#segue/engine/sql.js';
import type { SqlEngine } from '#segue/engine/sql-engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { fitAtScale, passOver } from '#segue/training/at-scale/lloyd.js';
import { momentsBySql } from '#segue/training/at-scale/moments.js';
import type { RowsAtScale } from '#segue/training/at-scale/rows.js';
import { silhouettesAtScale } from '#segue/training/at-scale/silhouettes.js';
import { silhouetteSimplified, silhouetteSqeuclidean } from '#segue/training/centre-silhouettes.js';
import { clusteringOf } from '#segue/training/clustering.js';
import { fitKMeans, ordered } from '#segue/training/kmeans.js';
import { fitMoments, type Moments } from '#segue/training/moments.js';
import { openPool, type Pool } from '#segue/training/pool.js';
import { scalerFrom, standardise } from '#segue/training/scaler.js';
import { MEMORY_LIMIT, workbench } from '../catalogue/workbench.js';

const NAMES = SPOTIFY_FEATURES.features.map(({ name }) => name);
const K = 4;

/**
 * What every engine must do alike. Each is held against what T1 and the kernels say of the same catalogue, so that two engines that
 * pass agree with one another.
 *
 * @param opened gives the engine once the suite runs
 * @param write writes the rows of a query as Parquet, in the engine's own way
 */
export function describeEngine(
  name: string,
  opened: () => SqlEngine,
  write: (sql: string, path: string) => Promise<void>,
): void {
  describe.each([name])('%s', async () => {
    const bench = await workbench();
    let engine: SqlEngine;
    let cleaned: string;
    let hash: string;
    let columns: Columns;
    let ids: string[];
    let pool: Pool;
    let moments: Moments[];

    beforeAll(async () => {
      engine = opened();
      const source = join(bench.root, 'catalogue.csv');
      await writeSyntheticCatalogue(source, { tracks: 20_000, seed: 7 });
      const { report, files } = await bench.ingest(source);
      hash = report.cleaned_data_hash;
      cleaned = join(bench.root, `it's "cleaned" [x].parquet`);
      const duckdb = await openDatabase({ scratch: bench.scratch, memoryLimit: MEMORY_LIMIT, threads: 2 });
      const both = (x: string, y: string): string =>
        `SELECT * FROM read_parquet(${pathLiteral(x)}) AS x JOIN read_parquet(${pathLiteral(y)}) AS y USING (track_id)`;
      await duckdb.run(
        `COPY (${both(files.xTrain, files.yTrain)} UNION ALL ${both(files.xTest, files.yTest)}) TO ${textLiteral(cleaned)} (FORMAT parquet)`,
      );
      await duckdb.close();
      const rows = await bench.rows(cleaned);
      ids = rows.map((row) => String(row['track_id']));
      columns = columnsFromRows(
        NAMES,
        rows.map((row) => NAMES.map((feature) => Number(row[feature]))),
      );
      pool = openPool(2);
      moments = await fitMoments(columns, pool);
      return () => pool.close();
    });

    const rowsAtScale = async (): Promise<RowsAtScale> => ({
      engine,
      from: await engine.parquet([cleaned]),
      names: NAMES,
      id: 'track_id',
      scaler: scalerFrom(moments),
    });
    /** Rows of the catalogue, far from one another in its order. */
    const initial = (): number[][] => {
      const { data } = standardise(columns, scalerFrom(moments));
      return Array.from({ length: K }, (_, id) => data.map((column) => column[id * 4000]!));
    };

    it('names the cleaned rows by the hash that T1 gives them', async () => {
      expect(await contentHash(engine, await engine.parquet([cleaned]), SPOTIFY_FEATURES)).toBe(hash);
    });

    it('names rows of any text and size as the rule of the hash has it', async () => {
      const rows: [string, number, bigint | null][] = [
        [`it's "\\" -- é 😀`, 0.1, 40n],
        ['', -0.000_000_1, null],
        ['a', 2 ** 22, 0n],
        ['b', -(2 ** 61), -1n],
        ['c', 1e300, 100n],
      ];
      const values = rows.map(
        ([id, x, popularity]) =>
          `(${engine.dialect.textLiteral(id)}, CAST(${x.toExponential(16)} AS DOUBLE), CAST(${popularity ?? 'NULL'} AS BIGINT))`,
      );
      const features = NAMES.map((feature) => `x AS "${feature}"`).join(', ');
      const from = `(SELECT track_id, ${features}, popularity FROM (VALUES ${values.join(', ')}) AS t (track_id, x, popularity))`;
      expect(await contentHash(engine, from, SPOTIFY_FEATURES)).toBe(hashOf(rows));
      expect(
        await contentHash(engine, `(SELECT * FROM ${from} WHERE track_id = 'none')`, SPOTIFY_FEATURES),
      ).toBe(hashOfSums({ rows: 0n, lane1: 0n, lane2: 0n }));
    });

    it('puts each track on the side that md5 says', async () => {
      const split = { seed: 42, testShare: 0.2 };
      const found = await engine.rows(
        `SELECT track_id FROM ${await engine.parquet([cleaned])} WHERE ${isTestSql(split, 'track_id')} ORDER BY track_id`,
      );
      const limit = splitThreshold(split.testShare);
      const expected = ids.filter((id) => md5(`42|${id}`) < limit).toSorted();
      expect(expected.length).toBeGreaterThan(3000);
      expect(found.map((row) => row['track_id'])).toEqual(expected);
    });

    it('has the moments of the kernels', async () => {
      const found = await momentsBySql(engine, await engine.parquet([cleaned]), NAMES);
      found.forEach((column, j) => {
        const { mean, sd, kurtosis, ...exact } = moments[j]!;
        expect(column).toMatchObject(exact);
        expect(Math.abs(column.mean - mean)).toBeLessThanOrEqual(1e-12 * sd);
        expect(Math.abs(column.sd / sd - 1)).toBeLessThan(1e-12);
        expect(Math.abs(column.kurtosis / kurtosis - 1)).toBeLessThan(1e-10);
      });
    });

    it('refuses to learn from no row', async () => {
      const none = `(SELECT * FROM ${await engine.parquet([cleaned])} WHERE track_id = 'none')`;
      await expect(momentsBySql(engine, none, NAMES)).rejects.toMatchObject({ code: 'SEGUE_TOO_FEW_ROWS' });
    });

    it('gives numbers to the last bit', async () => {
      const [from, sum] = [await engine.parquet([cleaned]), NAMES.map(() => 0n)];
      const bits = (column: Float64Array): bigint =>
        new BigUint64Array(column.slice().buffer).reduce((total, x) => total + x, 0n);
      let rows = 0;
      for await (const chunk of engine.chunks(`SELECT ${NAMES.join(', ')} FROM ${from}`)) {
        rows += chunk.rows;
        chunk.columns.forEach((column, j) => (sum[j]! += bits(column)));
      }
      expect(rows).toBe(columns.rows);
      expect(sum).toEqual(columns.data.map((column) => bits(Float64Array.from(column))));
    });

    it.each([1, K])('labels, counts and sums the rows of %i segments', async (k) => {
      const centroids = initial().slice(0, k);
      const found = await passOver(await rowsAtScale(), centroids);
      const expected = passInPlainSight(standardise(columns, scalerFrom(moments)), centroids);
      expect(found.sizes).toEqual(expected.sizes);
      expectClose(found.within, expected.within);
      expectClose(found.sums.flat(), expected.sums.flat());
    });

    it('has the Silhouettes of the kernels, also where a segment is empty and one holds a single row', async () => {
      const scaled = standardise(columns, scalerFrom(moments));
      const nowhere = NAMES.map(() => 1e6);
      for (const centroids of [initial(), [...initial(), nowhere, besideTheFarthest(scaled, initial())]]) {
        const rows = await rowsAtScale();
        const pass = await passOver(rows, centroids);
        const found = await silhouettesAtScale(rows, centroids, pass);
        const clustering = clusteringOf(scaled, labelsInPlainSight(scaled, centroids), centroids.length);
        const expected = [
          await silhouetteSimplified(clustering, centroids, pool),
          await silhouetteSqeuclidean(clustering, pool),
        ];
        found!.forEach((scores, i) => {
          expect(scores.metric).toBe(expected[i]!.metric);
          expectClose([scores.mean, scores.macro], [expected[i]!.mean, expected[i]!.macro]);
          expectClose(scores.segments.map(Number), expected[i]!.segments.map(Number));
        });
        if (centroids.length > K) expect(pass.sizes.slice(K)).toEqual([0, 1]);
      }
    });

    it('writes the segment of every track', async () => {
      const scaler = scalerFrom(moments);
      const model = { version: `it's \\ v1`, contract: SPOTIFY_FEATURES, scaler, centroids: initial() };
      const out = join(bench.root, `segments "of" it's [x]`);
      await write(assignmentSql(model, await engine.parquet([cleaned]), engine.dialect), out);
      const found = await engine.rows(
        `SELECT track_id, cluster_id, distance, model_version FROM ${await engine.parquet([out])} ORDER BY track_id`,
      );
      const scaled = standardise(columns, scaler);
      const labels = labelsInPlainSight(scaled, model.centroids);
      const order = [...ids.keys()].toSorted((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
      expect(
        found.map((row) => [row['track_id'], row['cluster_id'], row['distance'], row['model_version']]),
      ).toEqual(
        order.map((i) => [
          ids[i],
          labels[i],
          Math.sqrt(Math.min(...distancesInPlainSight(scaled.data, i, model.centroids))),
          model.version,
        ]),
      );
    });

    it('has no Silhouette of one segment', async () => {
      const rows = await rowsAtScale();
      const centroids = initial().slice(0, 1);
      expect(await silhouettesAtScale(rows, centroids, await passOver(rows, centroids))).toBeNull();
    });

    it.each([
      ['within the tolerance', { maxIterations: 300, tolerance: 1e-3 }, 0],
      ['when no row changes its segment', { maxIterations: 300, tolerance: 0 }, 0],
      ['after the iterations that were allowed', { maxIterations: 3, tolerance: 0 }, 0],
      ['with segments that are empty at first', { maxIterations: 300, tolerance: 1e-4 }, 2],
    ])('fits what the kernels fit from the same start, and stops %s', async (_, options, empty) => {
      const nowhere = Array.from({ length: empty }, (_none, i) => NAMES.map(() => 1e6 + i));
      const start = [...initial(), ...nowhere];
      const found = ordered(await fitAtScale(await rowsAtScale(), start, options));
      const scaled = standardise(columns, scalerFrom(moments));
      const expected = await fitKMeans(
        scaled,
        { k: start.length, seed: 1, initial: start, ...options },
        pool,
        silent,
      );
      expect([found.iterations, found.stop]).toEqual([expected.iterations, expected.stop]);
      expect(found.sizes).toEqual(expected.sizes);
      expectClose(found.centroids.flat(), expected.centroids.flat());
      expectClose(found.within, expected.within);
    });
  });
}

/** Equal but for the order in which sums were made: within 1e-9, relative. */
function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(
    ...found.map((x, i) => Math.abs(x - expected[i]!) / Math.max(1e-3, Math.abs(expected[i]!))),
  );
  expect(worst).toBeLessThan(1e-9);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** docs/catalogue.md's rule, row by row. */
function hashOf(rows: readonly (readonly [string, number, bigint | null])[]): string {
  const written = (x: number): string =>
    Math.abs(x) < 2 ** 22
      ? String(BigInt(Math.floor(x * 2 ** 40)))
      : Math.abs(x) < 2 ** 62
        ? `f${BigInt(Math.floor(x))}`
        : 'h';
  const digests = rows.map(([id, x, popularity]) =>
    md5([id, ...NAMES.map(() => written(x)), popularity ?? ''].join('|')),
  );
  const lane = (from: number): bigint =>
    digests.reduce((sum, digest) => sum + BigInt(`0x${digest.slice(from, from + 15)}`), 0n);
  return hashOfSums({ rows: BigInt(rows.length), lane1: lane(0), lane2: lane(15) });
}

/** The nearest centroid of each row, the lower id on a tie. */
function labelsInPlainSight({ rows, data }: Columns, centroids: readonly (readonly number[])[]): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => {
    const distances = distancesInPlainSight(data, i, centroids);
    return distances.indexOf(Math.min(...distances));
  });
}

function distancesInPlainSight(
  data: Columns['data'],
  row: number,
  centroids: readonly (readonly number[])[],
): number[] {
  return centroids.map((centroid) =>
    centroid.reduce((total, c, j) => total + (data[j]![row]! - c) * (data[j]![row]! - c), 0),
  );
}

/** A point that only the row farthest from all centroids is nearer to than to its own. */
function besideTheFarthest({ rows, data }: Columns, centroids: readonly (readonly number[])[]): number[] {
  const nearest = Array.from({ length: rows }, (_, i) =>
    Math.min(...distancesInPlainSight(data, i, centroids)),
  );
  const row = nearest.indexOf(Math.max(...nearest));
  const own = centroids[distancesInPlainSight(data, row, centroids).indexOf(nearest[row]!)]!;
  return own.map((c, j) => c + 1.98 * (data[j]![row]! - c));
}

/** One pass of Lloyd's algorithm as a textbook has it. */
function passInPlainSight(
  { rows, data }: Columns,
  centroids: readonly (readonly number[])[],
): { sizes: number[]; within: number[]; sums: number[][] } {
  const sizes = centroids.map(() => 0);
  const within = centroids.map(() => 0);
  const sums = centroids.map(() => data.map(() => 0));
  for (let i = 0; i < rows; i += 1) {
    const distances = distancesInPlainSight(data, i, centroids);
    const nearest = Math.min(...distances);
    const id = distances.indexOf(nearest);
    sizes[id]! += 1;
    within[id]! += nearest;
    data.forEach((column, j) => (sums[id]![j]! += column[i]!));
  }
  return { sizes, within, sums };
}
