import { type Contestant, here, interleave } from '../interleave.js';
import { writeLabels } from './labels.js';
import * as ours from './ours.js';
import type { Bench, TimedResult } from './work.js';

interface PeerScore {
  readonly seconds: number;
  readonly score: number;
}

/** The exact Euclidean Silhouette of a K-Means with k = 8. */
export async function benchSilhouette(bench: Bench): Promise<TimedResult> {
  const rows = bench.rows(50_000);
  const { name: data, columns } = await bench.data(rows, 'z');
  const initial = await bench.initial(rows);
  const k = initial.length;
  const { labels } = await ours.fit(columns, initial, bench.pool);
  const labelsFile = `${bench.folder}/silhouette.labels`;
  writeLabels(labelsFile, labels);

  const score = { ours: Number.NaN, theirs: Number.NaN };
  const peer = (dtype: string, jobs: number | null): Contestant => ({
    name: `scikit-learn ${dtype}, n_jobs = ${jobs ?? 'None'}`,
    side: 'scikit-learn',
    async run() {
      const answer = await bench.peer.ask<PeerScore>('silhouette', {
        data,
        labels_from: labelsFile,
        dtype,
        jobs,
      });
      if (dtype === 'float64') score.theirs = answer.score;
      return answer.seconds;
    },
  });
  const timings = await interleave(
    [
      here('Segue', 'segue', async () => {
        score.ours = await ours.silhouette(columns, labels, k, bench.pool);
      }),
      ...['float64', 'float32'].flatMap((dtype) => [peer(dtype, null), peer(dtype, bench.threads)]),
    ],
    bench.rounds,
  );
  return {
    kind: 'timed',
    name: 'silhouette_50k',
    description: `exact Euclidean Silhouette, ${rows.toLocaleString('en')} rows, k = ${k}`,
    timings,
    checks: [
      {
        what: 'difference from silhouette_score (float64)',
        value: Math.abs(score.ours - score.theirs),
        limit: 1e-8,
      },
    ],
    notes: [
      'scikit-learn-intelex doesn’t accelerate silhouette_score (its patches have no Euclidean pairwise distances).',
    ],
  };
}
