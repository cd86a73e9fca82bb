import { describe, expect, it } from 'vitest';
import type { Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import type { Labels } from '#segue/kernels/labels.js';
import { PART } from '#segue/kernels/sizes.js';
import { fitKMeans, fitRows, label, type Segmentation, settle } from '#segue/training/kmeans.js';
import { fitMoments } from '#segue/training/moments.js';
import { openPool, type Pool } from '#segue/training/pool.js';
import { labelsOf, loadRows, type Rows, rowsOf, streamOf } from '#segue/training/rows.js';
import { scalerFrom, unitScaler } from '#segue/training/scaler.js';
import { type Summaries, summarise } from '#segue/training/summaries.js';
import { columnsOf, groupedRows, shuffled } from '../training/support/data.js';
import { lloyd, rowsInShards, seedsOf } from '../training/support/fit.js';

const pool = openPool(1);
const d = 4;
const many = groupedRows(40_003, d, 6, 12).map((row) => row.map((x, j) => 20 * j + x * (j + 1)));
const columns = columnsOf(many);

interface Trained {
  readonly segmentation: Segmentation;
  readonly labels: Labels;
  readonly summaries: Summaries;
}

/** All that a model is made of. */
async function train(rows: Rows, k: number, workers: Pool): Promise<Trained> {
  const [found] = await fitRows(rows, [k], { seed: 5, starts: 2 }, workers, silent);
  const segmentation = await settle(rows, found!, workers);
  const summaries = await summarise(rows, segmentation, await fitMoments(columns, workers), 4, workers);
  return { segmentation, labels: await labelsOf(rows, workers), summaries };
}

function expectClose(actual: readonly number[], expected: readonly number[], limit: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((x, i) =>
    expect(Math.abs(x - expected[i]!)).toBeLessThanOrEqual(limit * Math.abs(expected[i]!)),
  );
}

describe('rows', () => {
  it('give the same bits at 1, 2 and 3 threads: seeds, fit, labels, summaries, moments', async () => {
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        const moments = await fitMoments(columns, workers);
        const rows = await rowsOf(columns, scalerFrom(moments), 7, workers);
        const loaded = await loadRows(streamOf(columns), { largestK: 7, scalerOf: scalerFrom }, workers);
        results.push({
          moments,
          places: rows.places,
          seeds: await seedsOf(columns, 9, 3, workers),
          trained: await train(rows, 7, workers),
          loaded: { moments: loaded.moments, trained: await train(loaded.rows, 7, workers) },
        });
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('give the same bits at 1, 2 and 3 threads where segments are relocated', async () => {
    const initial = [many[0]!, many[0]!.map(() => 5000), many[1]!, many[0]!.map(() => -9000)];
    const results = [];
    for (const threads of [1, 2, 3]) {
      const workers = openPool(threads);
      try {
        const found = [];
        for (const maxIterations of [1, 2, 3, 30]) {
          const run = await lloyd(columns, initial, { maxIterations, tolerance: 0 }, workers);
          const { centroids, inertia, iterations, stop, labels } = run;
          found.push({ centroids, inertia, iterations, stop, labels });
        }
        results.push(found);
      } finally {
        await workers.close();
      }
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it.each([PART, 2 * PART, 4 * PART])(
    'give the same bits in several memories of %i rows as in one',
    async (shardRows) => {
      const scaler = scalerFrom(await fitMoments(columns, pool));
      for (const workers of [openPool(1), openPool(2)]) {
        for (const streamed of [false, true]) {
          const results: (Trained & { places: Int32Array; again: unknown })[] = [];
          for (const given of [{}, { shardRows }]) {
            const rows = await rowsInShards(columns, scaler, { largestK: 7, streamed, ...given }, workers);
            const trained = await train(rows, 7, workers);
            const again = await label(rows, trained.segmentation.centroids, workers);
            results.push({ ...trained, places: rows.places, again });
          }
          expect(results[1]).toEqual(results[0]);
        }
        await workers.close();
      }
    },
  );

  it('have places of their own, and the values that were given', async () => {
    for (const streamed of [false, true]) {
      const given = { largestK: 3, shardRows: PART, streamed };
      const { blocks, places } = await rowsInShards(columns, unitScaler(d), given, pool);
      expect(places.toSorted()).toEqual(Int32Array.from(many.keys()));
      for (const { memory, values, first, rows } of blocks.shards) {
        const kept = new Float64Array(memory.buffer, values, rows * d);
        places.forEach((place, row) => {
          const at = (place - first) * d;
          if (place < first || place >= first + rows) return;
          if (many[row]!.some((x, j) => kept[at + j] !== x)) throw new Error(`row ${row} is not at ${place}`);
        });
      }
    }
  });

  it.each([300, 3001, 40_003])('lead to the same fit from a stream of %i as from columns', async (count) => {
    const given = columnsOf(many.slice(0, count));
    const { rows: loaded, moments } = await loadRows(
      streamOf(given),
      { largestK: 6, scalerOf: scalerFrom },
      pool,
    );
    expect(moments).toEqual(await fitMoments(given, pool));
    const scaler = scalerFrom(moments);
    const built = await rowsOf(given, scaler, 6, pool);
    const initial = many.slice(0, 6).map((row) => row.map((x, j) => (x - scaler.mean[j]!) / scaler.sd[j]!));
    const fits = [];
    for (const rows of [loaded, built]) {
      const [found] = await fitRows(rows, [6], { seed: 1, initial }, pool, silent);
      fits.push({ ...(await settle(rows, found!, pool)), labels: await labelsOf(rows, pool) });
    }
    const [a, b] = fits as [(typeof fits)[0], (typeof fits)[0]];
    expect(a.labels).toEqual(b.labels);
    expect([a.iterations, a.stop, a.sizes]).toEqual([b.iterations, b.stop, b.sizes]);
    const largest = Math.max(...b.centroids.flat().map(Math.abs));
    const gaps = a.centroids.flatMap((point, c) => point.map((x, j) => Math.abs(x - b.centroids[c]![j]!)));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1e-12 * largest);
    expectClose([...a.within, a.inertia], [...b.within, b.inertia], 1e-12);
  });

  it('may come in any order: every row gets the same segment', async () => {
    const rows = many.slice(0, 5000);
    const initial = rows.slice(0, 6);
    const settings = { maxIterations: 300, tolerance: 1e-20 };
    const first = await lloyd(columnsOf(rows), initial, settings, pool);
    for (const seed of [1, 2]) {
      const order = shuffled([...rows.keys()], seed);
      const run = await lloyd(columnsOf(order.map((row) => rows[row]!)), initial, settings, pool);
      expect(run.labels).toEqual(order.map((row) => first.labels[row]!));
      expect([run.iterations, run.stop]).toEqual([first.iterations, first.stop]);
      expectClose([run.inertia], [first.inertia], 1e-12);
    }
  });
});

describe('a value that is not finite', () => {
  const refusal = (row: number, value: number): unknown => ({
    code: 'SEGUE_INVALID_NUMBER',
    details: { what: `x2 of row ${row} is not a finite number`, value: String(value) },
  });
  const spoilt = (row: number, value: number): Columns => {
    const rows = groupedRows(5000, d, 2, 1);
    rows[row]![2] = value;
    return columnsOf(rows);
  };

  it.each([Number.NaN, Infinity, -Infinity])(
    'is refused at every door, by column, row and value: %d',
    async (value) => {
      for (const row of [0, 1, 2047, 2048, 4097, 4999]) {
        const bad = spoilt(row, value);
        const wanted = refusal(row, value);
        const scalerOf = (): ReturnType<typeof unitScaler> => unitScaler(d);
        await expect(fitMoments(bad, pool)).rejects.toMatchObject(wanted as object);
        await expect(rowsOf(bad, unitScaler(d), 2, pool)).rejects.toMatchObject(wanted as object);
        await expect(loadRows(streamOf(bad), { largestK: 2, scalerOf }, pool)).rejects.toMatchObject(
          wanted as object,
        );
        await expect(fitKMeans(bad, { k: 2, seed: 1 }, pool, silent)).rejects.toMatchObject(wanted as object);
      }
    },
  );
});
