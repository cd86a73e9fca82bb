/** Loads two Parquet files and trains as T2 does, then prints the largest resident memory of this process in bytes (memory.ts). */
import { readFileSync } from 'node:fs';
import { streamFeatures } from '#segue/catalogue/read-dataset.js';
import { silent } from '#segue/core/progress.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { DEFAULT_OPTIONS, defaultResources } from '#segue/pipeline/options.js';
import { trainModel } from '#segue/training/train.js';

const [train, test, scratch, threads] = process.argv.slice(2) as [string, string, string, string];
const engine = { ...defaultResources(), threads: Number(threads), scratch };
const contract = SPOTIFY_FEATURES;
await trainModel(
  {
    train: await streamFeatures(train, contract, engine),
    test: await streamFeatures(test, contract, engine),
    contract,
    k: 8,
    seed: DEFAULT_OPTIONS.seed,
    starts: DEFAULT_OPTIONS.starts,
    minSegmentShare: DEFAULT_OPTIONS.gate.minSegmentShare,
    exactRows: DEFAULT_OPTIONS.exact_silhouette_rows,
    threads: engine.threads,
  },
  silent,
);
process.stdout.write(String(peakBytes()));

/** VmHWM, which a new program starts anew; getrusage's figure would begin with that of the parent. */
function peakBytes(): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (line === null) throw new Error('Peak memory is read from /proc/self/status: this bench needs Linux.');
  return Number(line[1]) * 1024;
}
