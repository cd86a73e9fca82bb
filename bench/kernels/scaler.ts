import type { Scaler } from '#segue/training/scaler.js';
import { relativeGap } from '../check.js';
import { here, interleave } from '../interleave.js';
import * as ours from './ours.js';
import type { Bench, TimedResult } from './work.js';

interface PeerScaler extends Scaler {
  readonly seconds: number;
}

/** Mean and standard deviation of every feature. */
export async function benchScaler(bench: Bench): Promise<TimedResult> {
  const rows = bench.rows(10_000_000);
  const { name: data, columns } = await bench.data(rows, 'raw');
  const found: { ours?: Scaler; theirs?: Scaler } = {};
  const timings = await interleave(
    [
      here('Segue', 'segue', async () => {
        found.ours = await ours.scaler(columns, bench.pool);
      }),
      ...['float64', 'float32'].map((dtype) => ({
        name: `scikit-learn ${dtype}`,
        side: 'scikit-learn' as const,
        async run() {
          const answer = await bench.peer.ask<PeerScaler>('scaler', { data, dtype });
          if (dtype === 'float64') found.theirs = answer;
          return answer.seconds;
        },
      })),
    ],
    bench.rounds,
  );
  const theirs = numbers(found.theirs!);
  return {
    kind: 'timed',
    name: 'scaler_10m',
    description: `StandardScaler fitted to ${rows.toLocaleString('en')} rows × ${columns.names.length}`,
    timings,
    checks: [
      {
        what: 'largest relative difference of a mean or standard deviation (float64)',
        value: Math.max(...numbers(found.ours!).map((x, i) => relativeGap(x, theirs[i]!))),
        limit: 1e-11,
      },
    ],
    notes: [],
  };
}

function numbers({ mean, sd }: Scaler): number[] {
  return [...mean, ...sd];
}
