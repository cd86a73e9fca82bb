import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#segue/core/canonical-json.js';
import { columnsFromRows } from '#segue/core/columns.js';
import { type Progress, silent } from '#segue/core/progress.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { euclideanSilhouette } from '#segue/training/metrics.js';
import { withExemplars } from '#segue/training/profile.js';
import { streamOf } from '#segue/training/rows.js';
import { type TrainingInput, trainModel } from '#segue/training/train.js';
import type { TrainedModel } from '#segue/training/trained-model.js';
import { nearest, type Points } from '../reference/points.js';
import { groupedRows } from './support/data.js';

const names = SPOTIFY_FEATURES.features.map(({ name }) => name);
const rows = groupedRows(900, 5, 4, 21);
const settings = {
  contract: SPOTIFY_FEATURES,
  k: 4,
  seed: 42,
  starts: 3,
  minSegmentShare: 0.02,
  threads: 1,
} as const;

const train = (
  trainRows: Points,
  testRows: Points,
  options: Partial<TrainingInput> = {},
  progress: Progress = silent,
): Promise<TrainedModel> =>
  trainModel(
    {
      ...settings,
      train: streamOf(columnsFromRows(names, trainRows)),
      test: streamOf(columnsFromRows(names, testRows)),
      ...options,
    },
    progress,
  );

/** A model's labels are those of the nearest centroids. */
function labelsBy(
  { scaler, centroids }: Pick<TrainedModel, 'scaler' | 'centroids'>,
  given: Points,
): number[] {
  return given.map((row) =>
    nearest(
      row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!),
      centroids,
    ),
  );
}

describe('trainModel', () => {
  it('gives a model whose parts agree', async () => {
    const {
      scaler,
      centroids,
      segments,
      reference,
      settings: given,
      metrics,
      profile,
    } = await train(rows.slice(0, 700), rows.slice(700));
    expect(given).toEqual({
      k: 4,
      k_mode: 'fixed',
      start: 'cold',
      seed: 42,
      starts: 3,
      max_iterations: 300,
      tolerance: 1e-4,
    });
    expect(segments.map(({ cluster_id }) => cluster_id)).toEqual([0, 1, 2, 3]);
    const trained = labelsBy({ scaler, centroids }, rows.slice(0, 700));
    const tested = labelsBy({ scaler, centroids }, rows.slice(700));
    segments.forEach(({ rows: size, share, name }, c) => {
      const others = tested.filter((label) => label === c).length;
      expect(size).toBe(trained.filter((label) => label === c).length);
      expect(share).toBe(size / 700);
      expect(metrics.segments[c]).toMatchObject({
        cluster_id: c,
        train: { rows: size, share },
        test: { rows: others, share: others / 200 },
      });
      expect(profile.segments[c]).toMatchObject({ cluster_id: c, name, rows: { train: size, test: others } });
    });
    expect(metrics).toMatchObject({ k: 4, train: { rows: 700, notes: [] }, test: { rows: 200, notes: [] } });
    expect(metrics.train.wcss).toBeCloseTo(
      metrics.segments.reduce((sum, segment) => sum + segment.train.wcss, 0),
      9,
    );
    expect(reference.map(({ feature, mean }) => ({ feature, mean }))).toEqual(
      names.map((feature, j) => ({ feature, mean: scaler.mean[j] })),
    );
  });

  it('describes segments in the units of the features', async () => {
    const trainRows = rows.slice(0, 700);
    const { profile, scaler, centroids } = await train(trainRows, []);
    const labels = labelsBy({ scaler, centroids }, trainRows);
    profile.segments.forEach((segment, c) => {
      const own = trainRows.filter((_, i) => labels[i] === c);
      segment.features.forEach(({ feature, mean, contrast, deciles }, j) => {
        const values = own.map((row) => row[j]!);
        expect(feature).toBe(names[j]);
        expect(mean).toBeCloseTo(values.reduce((sum, x) => sum + x, 0) / own.length, 9);
        expect(contrast).toBeCloseTo((mean - scaler.mean[j]!) / scaler.sd[j]!, 9);
        expect([deciles[0], deciles[10]]).toEqual([Math.min(...values), Math.max(...values)]);
      });
      const distance = (row: number): number =>
        Math.hypot(
          ...centroids[c]!.map((z, j) => (trainRows[row]![j]! - scaler.mean[j]!) / scaler.sd[j]! - z),
        );
      const nearestRows = [...trainRows.keys()]
        .filter((row) => labels[row] === c)
        .toSorted((a, b) => distance(a) - distance(b));
      expect(segment.exemplars.map(({ row }) => row)).toEqual(nearestRows.slice(0, 5));
      expect(segment.exemplars[0]!.track).toBeNull();
    });
  });

  it('takes the tracks of exemplars from whoever knows them', async () => {
    const { profile } = await train(rows.slice(0, 300), []);
    const track = { artist_name: null, track_name: null, genre: null, popularity: 3 };
    const filled = await withExemplars(profile, async (asked) =>
      asked.map((row) => ({ ...track, track_id: `t${row}` })),
    );
    for (const { row, track: found } of filled.segments.flatMap(({ exemplars }) => exemplars)) {
      expect(found).toEqual({ ...track, track_id: `t${row}` });
    }
  });

  it('gives the same bytes again, whatever the number of threads', async () => {
    const many = groupedRows(30_000, 5, 5, 4);
    const results = [];
    for (const threads of [1, 2, 3]) {
      const result = await train(many.slice(0, 20_000), many.slice(20_000), { threads, exactRows: 5000 });
      results.push(canonicalJson(result));
    }
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
  });

  it('chooses k from the whole curve, and tells how it goes', async () => {
    const told: string[] = [];
    const separate = [0, 40, 80].flatMap((centre) =>
      groupedRows(80, 5, 1, centre).map((row) => row.map((x) => x + centre)),
    );
    const { settings: given, metrics } = await train(
      separate,
      rows.slice(0, 50),
      { k: 'auto' },
      {
        ...silent,
        step: (text) => told.push(text),
      },
    );
    expect(given).toMatchObject({ k: 3, k_mode: 'auto' });
    expect(metrics.k_curve!.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const { wcss, silhouette_simplified, silhouette_sqeuclidean } = metrics.k_curve![1]!;
    expect(metrics.train).toMatchObject({ wcss, silhouette_simplified, silhouette_sqeuclidean });
    expect(told).toEqual(expect.arrayContaining(['reading rows', 'fitting k=2 to 12', 'measuring']));
  });

  it('measures a side that is too small as null, and says why', async () => {
    const { metrics } = await train(rows.slice(0, 100), rows.slice(0, 1));
    expect(metrics.test).toMatchObject({ rows: 1, silhouette_euclidean: null });
    expect(metrics.test.notes).toHaveLength(1);
    expect(euclideanSilhouette(metrics.test).value).toBeNaN();
    expect((await train(rows.slice(0, 100), [])).metrics.test).toMatchObject({
      rows: 0,
      wcss: 0,
      wcss_per_row: null,
    });
  });

  it('goes on with a constant feature and reports it', async () => {
    const flat = rows.slice(0, 200).map((row) => [row[0]!, 7, ...row.slice(2)]);
    const { scaler, constantFeatures, metrics, profile } = await train(flat, flat);
    expect(constantFeatures).toEqual(['speechiness']);
    expect(scaler.sd[1]).toBe(1);
    expect(metrics.train.notes).toEqual([expect.stringContaining('speechiness is the same')]);
    for (const { features } of profile.segments) expect(features[1]!.contrast).toBe(0);
  });

  it('survives a catalogue of identical rows', async () => {
    const { segments, metrics } = await train(
      Array.from({ length: 20 }, () => [0.5, 1, 2, 3, 4]),
      [],
      { k: 3 },
    );
    expect(segments.map((segment) => segment.rows)).toEqual([20, 0, 0]);
    expect(new Set(segments.map(({ name }) => name.en)).size).toBe(3);
    expect(metrics.train).toMatchObject({ wcss: 0, silhouette_euclidean: null });
  });

  it('refuses bad input by its code', async () => {
    await expect(train(rows.slice(0, 3), [])).rejects.toMatchObject({ code: 'SEGUE_TOO_FEW_ROWS' });
    await expect(train([], [], { k: 'auto' })).rejects.toMatchObject({ code: 'SEGUE_TOO_FEW_ROWS' });
    await expect(train(rows.slice(0, 9), [[0, 0, Number.NaN, 0, 0]])).rejects.toMatchObject({
      code: 'SEGUE_INVALID_NUMBER',
      details: { what: 'danceability of row 0 is not a finite number' },
    });
  });
});
