import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignCatalogue } from '#segue/catalogue/assign.js';
import type { SegmentModel } from '#segue/catalogue/assignment.js';
import { silent } from '#segue/core/progress.js';
import { seededRandom } from '#segue/core/random.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { csvText, MEMORY_LIMIT, workbench } from './workbench.js';

const bench = await workbench();
const random = seededRandom(11);
const model: SegmentModel = {
  version: 'm-0123456789ab',
  contract: SPOTIFY_FEATURES,
  scaler: { mean: [0.2, 0.09, 0.55, 0.48, 121.377], sd: [0.3607, 0.1, 0.177, 0.2589, 29.7] },
  centroids: Array.from({ length: 6 }, () => Array.from({ length: 5 }, () => random.normal())),
};
const tracks = Array.from({ length: 5000 }, (_, i) => ({
  track_id: `t${i % 4990}`,
  artist_name: `Artist ${i}`,
  tempo: i % 100 === 99 ? 0 : 40 + random.next() * 210,
  valence: random.next(),
}));
const names = SPOTIFY_FEATURES.features.map(({ name }) => name);

async function assign(text: string, out: string, other: SegmentModel = model) {
  const source = await bench.write('catalogue.csv', text);
  const options = {
    source,
    model: other,
    rules: {},
    out,
    scratch: bench.scratch,
    memoryLimit: MEMORY_LIMIT,
    threads: 2,
  };
  return assignCatalogue(options, silent);
}

/** The reference: plain loops over one row. */
function nearest(
  row: Readonly<Record<string, unknown>>,
  { scaler, centroids }: SegmentModel,
): [id: number, distance: number] {
  const z = names.map((name, j) => (Number(row[name]) - scaler.mean[j]!) / scaler.sd[j]!);
  const squares = centroids.map((centroid) =>
    centroid.reduce((sum, c, j) => sum + (z[j]! - c) * (z[j]! - c), 0),
  );
  const best = Math.min(...squares);
  return [squares.indexOf(best), Math.sqrt(best)];
}

describe('assignCatalogue', () => {
  it('gives every clean track the segment of the reference arithmetic, in the order of the source', async () => {
    const out = join(bench.root, 'segments', 'G.parquet');
    const report = await assign(csvText(tracks), out);
    const rows = await bench.rows(out);
    expect(Object.keys(rows[0]!)).toEqual([
      'track_id',
      'artist_name',
      'track_name',
      'genre',
      ...names,
      'cluster_id',
      'distance',
      'model_version',
    ]);
    const clean = tracks
      .filter(({ tempo }, i) => tempo !== 0 && i < 4990)
      .map(({ artist_name }) => artist_name);
    expect(rows.map((row) => row['artist_name'])).toEqual(clean);
    for (const row of rows) {
      expect([row['cluster_id'], row['distance']]).toEqual(nearest(row, model));
      expect(row['model_version']).toBe(model.version);
    }
    expect(report.rows).toEqual({
      read: 5000,
      kept: rows.length,
      rejected: { tempo_out_of_range: 50, duplicate_track_id: 9 },
    });
    expect(report.segments.reduce((sum, size) => sum + size, 0)).toBe(rows.length);
    expect(report.rejects).toBe(join(bench.root, 'segments', 'G.rejects.parquet'));
    expect(await bench.rows(report.rejects)).toHaveLength(59);
    expect((await readdir(join(bench.root, 'segments'))).toSorted()).toEqual([
      'G.parquet',
      'G.rejects.parquet',
    ]);
  });

  it('takes the lower id of two centroids at the same distance', async () => {
    const [first] = model.centroids;
    const twins = { ...model, centroids: [model.centroids[1]!, first!, first!] };
    const out = join(bench.root, 'twins.parquet');
    const report = await assign(csvText(tracks), out, twins);
    expect(report.segments[1]).toBeGreaterThan(0);
    expect(report.segments[2]).toBe(0);
  });

  it('leaves the file that was there as it is if the source is refused', async () => {
    const out = join(bench.root, 'kept.parquet');
    await assign(csvText(tracks.slice(0, 10)), out);
    const before = await bench.rows(out);
    await expect(assign('a,b\n1,2\n', out)).rejects.toMatchObject({ code: 'SEGUE_COLUMNS_MISSING' });
    expect(await bench.rows(out)).toEqual(before);
    expect(await readdir(bench.scratch)).toEqual([]);
  });
});
