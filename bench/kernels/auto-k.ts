import type { CurveFit } from '#segue/training/curve.js';
import { type Contestant, here, interleave } from '../interleave.js';
import type { PeerFit } from './fit.js';
import * as ours from './ours.js';
import type { Bench, TimedResult } from './work.js';

const STARTS = 10;
const KS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Two sets of ten starts end in local optima of their own; the best of either is this near. */
const NEAR_OPTIMUM = 0.003;

/** What `--k auto` does: k = 2 to 12, ten k-means++ starts each. */
export async function benchAutoK(bench: Bench): Promise<TimedResult> {
  const rows = bench.rows(1_160_000);
  const { name: data, columns } = await bench.data(rows, 'z');
  const found: { curve: readonly CurveFit[] } = { curve: [] };
  const best = new Map<number, number>();
  const starts = bench.full ? STARTS : 1;

  const peer = (dtype: string): Contestant => {
    let seed = 0;
    return {
      name: `scikit-learn lloyd ${dtype}${bench.full ? '' : `, one start × ${STARTS}`}`,
      side: 'scikit-learn',
      async run() {
        seed += 1;
        let seconds = 0;
        for (const k of KS) {
          const fit = await bench.peer.ask<PeerFit>('fit_starts', { data, k, starts, seed, dtype });
          seconds += fit.seconds * (STARTS / starts);
          best.set(k, Math.min(fit.inertia, best.get(k) ?? Infinity));
        }
        return seconds;
      },
    };
  };
  const timings = await interleave(
    [
      here('Segue', 'segue', async () => {
        found.curve = await ours.fitAuto(columns, STARTS, bench.pool);
      }),
      peer('float64'),
      peer('float32'),
    ],
    bench.rounds,
  );

  return {
    kind: 'timed',
    name: 'auto_k_1m',
    description: `k = 2 to 12, ${STARTS} k-means++ starts each, ${rows.toLocaleString('en')} rows`,
    timings,
    checks: found.curve.map(({ point }) => ({
      what: `k = ${point.k}: inertia above the best of all of scikit-learn’s starts, relative`,
      value: point.wcss / best.get(point.k)! - 1,
      limit: NEAR_OPTIMUM,
    })),
    notes: [
      bench.full
        ? 'scikit-learn made all ten starts of every k.'
        : `scikit-learn’s time is measured on one k-means++ start of each k, with another random_state in each run, and multiplied by ${STARTS} (\`--full\` makes them all).`,
      'Segue compares the starts of each k on one row in sixteen, and fits all rows from the best (docs/kernels.md); scikit-learn fits all rows from every start.',
      'Segue’s time includes two Silhouettes of each k, which scikit-learn’s doesn’t. Elkan’s variant is left out: see `fit_1m`.',
    ],
  };
}
