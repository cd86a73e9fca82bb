import { expect, it } from 'vitest';
import { allocateColumns, type Columns } from '#segue/core/columns.js';
import { silent } from '#segue/core/progress.js';
import { type Random, seededRandom } from '#segue/core/random.js';
import { sampledRows } from '#segue/kernels/programs/systematic-sample.js';
import { PART } from '#segue/kernels/sizes.js';
import { compareStarts, ROWS_TO_SAMPLE } from '#segue/training/compare-starts.js';
import { fitRows } from '#segue/training/kmeans.js';
import { openPool } from '#segue/training/pool.js';
import { rowsOf } from '#segue/training/rows.js';
import { unitScaler } from '#segue/training/scaler.js';
import { sharedFloats } from '#segue/training/shared.js';
import { columnsOf, groupedRows } from './support/data.js';
import { inPlaceOrder, rowsInShards } from './support/fit.js';

const pools = [1, 2, 3].map(openPool);
const pool = pools[1]!;
const names = ['x', 'y', 'z'];

function manyRows(value: (random: Random, group: number, feature: number) => number): Columns {
  const columns = allocateColumns(names, ROWS_TO_SAMPLE);
  const random = seededRandom(5);
  for (let row = 0; row < ROWS_TO_SAMPLE; row++) {
    const group = random.below(9);
    columns.data.forEach((column, j) => {
      column[row] = value(random, group, j);
    });
  }
  return columns;
}

it('a sample has every sixteenth row in the order of their places, whatever memory they are in', async () => {
  const columns = columnsOf(groupedRows(2 * PART + 100, 3, 4, 1));
  const rows = await rowsInShards(columns, unitScaler(3), { largestK: 1, shardRows: PART }, pool);
  const drawn = names.map(() => sharedFloats(sampledRows(columns.rows)));
  await pool.run('systematicSample', { blocks: rows.blocks, columns: drawn }, columns.rows);
  expect(drawn[0]).toHaveLength(Math.floor(columns.rows / 16));
  drawn.forEach((values, j) => {
    const placed = inPlaceOrder([...columns.data[j]!], rows);
    expect([...values]).toEqual(placed.filter((_, place) => place % 16 === 8).slice(0, values.length));
  });
});

it('a sample has no more rows than it takes', () => {
  expect([1_160_000, 2 ** 21, 10_000_000, 100_000_000].map(sampledRows)).toEqual([
    72_500, 65_536, 78_125, 97_656,
  ]);
});

it('many rows are fitted once, from the start that wins on a sample: as well as from every start, the same for any number of threads', async () => {
  const centres = groupedRows(9, 3, 9, 3);
  const columns = manyRows((random, group, j) => centres[group]![j]! + random.normal());
  const ks = [3, 8];
  const options = { seed: 7, starts: 5 };
  const rows = await rowsOf(columns, unitScaler(3), 8, pool);
  const { blocks, shared, variance } = rows;
  const job = { ks, settings: { maxIterations: 300, tolerance: 1e-4 * variance }, ...options };

  const [first, ...others] = await Promise.all(
    pools.map(async (threads) => {
      const own = await rowsOf(columns, unitScaler(3), 8, threads);
      return fitRows(own, ks, options, threads, silent);
    }),
  );
  for (const other of others) expect(other).toEqual(first);
  const everyStart = await pool.run('fit', { blocks, shared, ...job }, columns.rows);
  const compared = await compareStarts(rows, job, pool, silent);
  for (const [i, fit] of first!.entries()) {
    expect(fit.inertia / everyStart[i]!.inertia).toBeLessThan(1.002);
    const { centroids: initial, start } = compared![i]!;
    const [again] = await fitRows(rows, [fit.k], { ...options, initial }, pool, silent);
    expect(fit).toEqual({ ...again, start });
  }
});

it.each([
  ['without the variance of the rows', (random: Random) => Math.exp(1.5 * random.normal())],
  ['of rows that are all alike', () => 3],
])('a sample %s decides nothing', async (_, value) => {
  const columns = manyRows(value);
  const rows = await rowsOf(columns, unitScaler(3), 2, pool);
  const job = { ks: [2], seed: 1, starts: 2, settings: { maxIterations: 300, tolerance: 0 } };
  expect(await compareStarts(rows, job, pool, silent)).toBeUndefined();
});
