import { relativeGap } from '../check.js';
import { type Contestant, here, interleave } from '../interleave.js';
import { differentRows } from './agree.js';
import { readLabels } from './labels.js';
import * as ours from './ours.js';
import type { Bench, TimedResult, WorkName } from './work.js';

export interface PeerFit {
  readonly seconds: number;
  readonly iterations: number;
  readonly inertia: number;
}

const DTYPES = ['float64', 'float32'] as const;

/** K-Means with k = 8 from the same first centroids until scikit-learn's defaults stop it. */
export async function benchFit(bench: Bench, name: WorkName, wanted: number): Promise<TimedResult> {
  const rows = bench.rows(wanted);
  const { name: data, columns } = await bench.data(rows, 'z');
  const initial = await bench.initial(rows);
  const labelsFile = `${bench.folder}/${name}.labels`;
  const same = { data, initial };
  const reference = await bench.peer.ask<PeerFit>('fit', {
    ...same,
    library: 'sklearn',
    labels_to: labelsFile,
  });

  const found = { ours: await ours.fit(columns, initial, bench.pool) };
  const fits = new Map<string, PeerFit>();
  const peer = (label: string, side: Contestant['side'], args: Record<string, unknown>): Contestant => ({
    name: label,
    side,
    async run() {
      const process = side === 'scikit-learn' ? bench.peer : bench.others;
      const fit = await process.ask<PeerFit>('fit', { ...same, ...args });
      fits.set(label, fit);
      return fit.seconds;
    },
  });
  const contestants = [
    here('Segue', 'segue', async () => {
      found.ours = await ours.fit(columns, initial, bench.pool);
    }),
    ...['lloyd', 'elkan'].flatMap((algorithm) =>
      DTYPES.map((dtype) =>
        peer(`scikit-learn ${algorithm} ${dtype}`, 'scikit-learn', { library: 'sklearn', algorithm, dtype }),
      ),
    ),
    ...(bench.has.intelex
      ? DTYPES.map((dtype) => peer(`scikit-learn-intelex ${dtype}`, 'other', { library: 'sklearnex', dtype }))
      : []),
    ...(bench.has.faiss
      ? [
          peer('faiss float32, as many iterations', 'other', {
            library: 'faiss',
            dtype: 'float32',
            iterations: reference.iterations,
          }),
        ]
      : []),
  ];
  const timings = await interleave(contestants, bench.rounds);

  const { labels, inertia, iterations } = found.ours;
  const gaps = [...fits].map(
    ([label, fit]) =>
      `${label} ${relativeGap(fit.inertia, inertia).toExponential(0)} after ${fit.iterations} iterations`,
  );
  return {
    kind: 'timed',
    name,
    description: `K-Means, ${rows.toLocaleString('en')} rows × ${columns.names.length}, k = ${initial.length}, until convergence (${iterations} iterations)`,
    timings,
    checks: [
      {
        what: 'rows labelled otherwise than by scikit-learn (lloyd, float64)',
        value: differentRows(labels, readLabels(labelsFile), initial.length),
        limit: 0,
      },
      {
        what: 'relative difference of inertia',
        value: relativeGap(inertia, reference.inertia),
        limit: 1e-12,
      },
      { what: 'difference in iterations', value: Math.abs(iterations - reference.iterations), limit: 0 },
    ],
    notes: [`Relative difference of a peer’s inertia from Segue’s: ${gaps.join('; ')}.`],
  };
}
