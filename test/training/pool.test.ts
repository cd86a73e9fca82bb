import { describe, expect, it } from 'vitest';
import { allocateColumns } from '#segue/core/columns.js';
import { allocateBlocks, setScale } from '#segue/kernels/blocks.js';
import { allocateLabels } from '#segue/kernels/labels.js';
import type { PredictJob } from '#segue/kernels/programs/predict.js';
import { inLanes, openPool, type Pool } from '#segue/training/pool.js';
import { unitScaler } from '#segue/training/scaler.js';

/** A job that labels x by whether it is nearer to 2 or to 7. */
function job(rows: number, threads: number): PredictJob {
  const blocks = allocateBlocks(1, 1, 2, threads);
  setScale(blocks, unitScaler(1));
  const { data: columns } = allocateColumns(['x'], rows);
  for (let i = 0; i < rows; i++) columns[0]![i] = i % 10;
  return {
    place: { blocks },
    columns,
    rows,
    centroids: [[2], [7]],
    labels: allocateLabels(rows, 2).fill(99),
  };
}

function expectDone({ columns, labels }: PredictJob): void {
  expect([...labels]).toEqual([...columns[0]!].map((x) => (x < 5 ? 0 : 1)));
}

const run = (pool: Pool, given: PredictJob): Promise<null> => pool.run('predict', given, given.rows);

const broken = (given: PredictJob): PredictJob => ({ ...given, centroids: undefined as never });

/** Few rows are worked on in the calling thread, many by the pool's own. */
describe.each([1, 2, 3])('pool of %i', (threads) => {
  it.each([100, 20_001])(
    'runs every part of %i rows once, and several jobs one after the other',
    async (rows) => {
      const pool = openPool(threads);
      const jobs = [1, 2, 3].map(() => job(rows, threads));
      expect(await Promise.all(jobs.map((one) => run(pool, one)))).toEqual([null, null, null]);
      await pool.close();
      jobs.forEach(expectDone);
    },
  );

  it('hands on what a program throws in the calling thread, and works on', async () => {
    const pool = openPool(threads);
    await expect(run(pool, broken(job(100, threads)))).rejects.toThrow(TypeError);
    for (const rows of [100, 20_001]) {
      const next = job(rows, threads);
      await run(pool, next);
      expectDone(next);
    }
    await pool.close();
  });

  it('hands on what a program throws in a thread, to all that wait; the others would wait for it for ever', async () => {
    const pool = openPool(threads);
    const jobs = [broken(job(20_001, threads)), job(20_001, threads)];
    const results = await Promise.allSettled(jobs.map((one) => run(pool, one)));
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'TypeError' },
      });
    }
    await expect(run(pool, job(20_001, threads))).rejects.toThrow(TypeError);
    await pool.close();
  });

  it('does nothing for no rows, closes twice without harm, and starts threads again when asked to', async () => {
    const pool = openPool(threads);
    await run(pool, job(0, threads));
    await pool.close();
    await pool.close();
    const next = job(20_001, threads);
    await run(pool, next);
    await pool.close();
    expectDone(next);
  });

  it.each([100, 20_001])(
    'does pieces of %i rows in one thread each, and all together again',
    async (rows) => {
      const pool = openPool(threads);
      const jobs = Array.from({ length: 7 }, () => job(rows, 1));
      const pieces = await inLanes(pool, jobs.length, 1_000_000, async (piece, lane) => {
        expect(lane.threads).toBe(1);
        await run(lane, jobs[piece]!);
        return piece;
      });
      expect(pieces).toEqual([0, 1, 2, 3, 4, 5, 6]);
      const next = job(20_001, threads);
      await run(pool, next);
      await pool.close();
      [...jobs, next].forEach(expectDone);
    },
  );

  it('hands on what a piece throws, when no other is under way any more', async () => {
    const pool = openPool(threads);
    const ended: number[] = [];
    const work = inLanes(pool, 7, 1_000_000, async (piece, lane) => {
      if (piece === 1) throw new RangeError('no luck');
      const one = job(20_001, 1);
      await run(lane, one);
      expectDone(one);
      ended.push(piece);
    });
    await expect(work).rejects.toThrow(RangeError);
    const next = job(20_001, threads);
    await run(pool, next);
    expectDone(next);
    expect(ended.every((piece) => piece === 0 || piece === 2)).toBe(true);
    await pool.close();
  });
});
