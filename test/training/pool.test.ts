import { describe, expect, it } from 'vitest';
import { openPool } from '#segue/training/pool.js';
import { sharedFloats, sharedInts } from '#segue/training/shared.js';

const columns = [sharedFloats(100).map((_, i) => i % 10)];

const label = (
  labels: Int32Array,
  centroids: Float64Array,
): Parameters<ReturnType<typeof openPool>['run']>[0] => ({
  kernel: 'label',
  args: { columns, centroids, k: 2, labels, squares: sharedFloats(100) },
  items: 100,
  blockSize: 7,
});

const centroids = Float64Array.of(2, 0, 0, 0, 0, 7, 0, 0, 0, 0);

describe.each([1, 2, 3])('pool of %i', (threads) => {
  it('runs every block once, and several jobs at a time', async () => {
    const pool = openPool(threads);
    const results = [1, 2, 3].map(() => sharedInts(100).fill(-1));
    await Promise.all(results.map((labels) => pool.run(label(labels, centroids))));
    await pool.close();
    for (const labels of results) expect([...labels]).toEqual([...columns[0]!].map((x) => (x < 5 ? 0 : 1)));
  });

  it('hands on what a kernel throws, and works on', async () => {
    const pool = openPool(threads);
    const broken = { ...label(sharedInts(100), centroids), args: {} as never };
    await expect(pool.run(broken)).rejects.toThrow(TypeError);
    const labels = sharedInts(100).fill(-1);
    await pool.run(label(labels, centroids));
    expect(labels).not.toContain(-1);
    await pool.close();
  });

  it('does nothing for no items, and closes twice without harm', async () => {
    const pool = openPool(threads);
    const labels = sharedInts(100).fill(-1);
    await pool.run({ ...label(labels, centroids), items: 0 });
    await pool.close();
    await pool.close();
    expect(new Set(labels)).toEqual(new Set([-1]));
  });
});
