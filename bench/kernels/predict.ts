import type { Assignment } from '#segue/training/assign.js';
import { type Contestant, here, interleave } from '../interleave.js';
import { differentRows } from './agree.js';
import { readLabels } from './labels.js';
import * as ours from './ours.js';
import type { Bench, TimedResult } from './work.js';

/** Labels of new rows. */
export async function benchPredict(bench: Bench): Promise<TimedResult> {
  const rows = bench.rows(10_000_000);
  const { name: data, columns } = await bench.data(rows, 'z');
  const initial = await bench.initial(rows);
  const { centroids } = await ours.fit(columns, initial, bench.pool, { maxIterations: 2 });
  const labelsFile = `${bench.folder}/predict.labels`;
  await bench.peer.ask('predict', { data, library: 'sklearn', centroids, labels_to: labelsFile });

  const found: { ours?: Assignment } = {};
  const peer = (library: string, label: string, side: Contestant['side']): Contestant[] =>
    ['float64', 'float32'].map((dtype) => ({
      name: `${label} ${dtype}`,
      side,
      async run() {
        const args = { data, library, centroids, dtype };
        const process = side === 'scikit-learn' ? bench.peer : bench.others;
        return (await process.ask<{ seconds: number }>('predict', args)).seconds;
      },
    }));
  const timings = await interleave(
    [
      here('Segue', 'segue', async () => {
        found.ours = await ours.predict(columns, centroids, bench.pool);
      }),
      ...peer('sklearn', 'scikit-learn', 'scikit-learn'),
      ...(bench.has.intelex ? peer('sklearnex', 'scikit-learn-intelex', 'other') : []),
    ],
    bench.rounds,
  );
  return {
    kind: 'timed',
    name: 'predict_10m',
    description: `labels of ${rows.toLocaleString('en')} rows, k = ${centroids.length}`,
    timings,
    checks: [
      {
        what: 'rows labelled otherwise than by scikit-learn (float64)',
        value: differentRows(found.ours!.labels, readLabels(labelsFile), centroids.length),
        limit: 0,
      },
    ],
    notes: ['Segue reads 64-bit floats in columns; scikit-learn’s rows are of the kind named.'],
  };
}
