import { kmeans as mlKmeans } from 'ml-kmeans';
import skmeans from 'skmeans';
import { here, interleave } from '../interleave.js';
import { farthest } from './agree.js';
import * as ours from './ours.js';
import type { Bench, TimedResult } from './work.js';

const ITERATIONS = 20;

/** The K-Means packages of npm that people use, on the same rows from the same first centroids, for a fixed number of iterations. */
export async function benchNpm(bench: Bench): Promise<TimedResult> {
  const rows = bench.rows(100_000);
  const { columns } = await bench.data(rows, 'z');
  const initial = await bench.initial(rows);
  const points = Array.from({ length: rows }, (_, i) => columns.data.map((column) => column[i]!));
  const first = (): number[][] => initial.map((point) => [...point]); // skmeans writes into what it is given
  const found: Record<'segue' | 'ml' | 's', ours.Points> = { segue: [], ml: [], s: [] };
  const k = initial.length;
  const timings = await interleave(
    [
      here('Segue', 'segue', async () => {
        const stop = { maxIterations: ITERATIONS, tolerance: 0 };
        found.segue = (await ours.fit(columns, initial, bench.pool, stop)).centroids;
      }),
      here('ml-kmeans', 'other', () => {
        const options = { initialization: first(), maxIterations: ITERATIONS, tolerance: 0 };
        found.ml = mlKmeans(points, k, options).centroids;
      }),
      here('skmeans', 'other', () => {
        found.s = skmeans(points, k, first(), ITERATIONS).centroids;
      }),
    ],
    bench.rounds,
  );
  return {
    kind: 'timed',
    name: 'npm_100k',
    description: `K-Means, ${rows.toLocaleString('en')} rows × ${columns.names.length}, k = ${k}, ${ITERATIONS} iterations, against npm packages (one thread each; they have no other)`,
    timings,
    checks: (['ml', 's'] as const).map((name) => ({
      what: `largest distance of a centroid from that of ${name === 'ml' ? 'ml-kmeans' : 'skmeans'}`,
      value: farthest(found.segue, found[name]),
      limit: 1e-9,
    })),
    notes: [],
  };
}
