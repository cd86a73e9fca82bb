import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine } from '#segue/engine/spark/engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { passOver } from '#segue/training/at-scale/lloyd.js';
import { momentsBySql } from '#segue/training/at-scale/moments.js';
import { scalerFrom } from '#segue/training/scaler.js';

const NAMES = SPOTIFY_FEATURES.features.map(({ name }) => name);

/** Passes over rows that lie on the cluster: what an iteration of Lloyd's algorithm costs there. */
export interface Passes {
  readonly rows: number;
  /** Of each counted pass. */
  readonly seconds: readonly number[];
}

/** @param path of Parquet files with the features and `track_id`, as the cluster knows it */
export async function timePasses(address: string, path: string, k: number, passes: number): Promise<Passes> {
  const engine = await openSparkEngine(parseSparkAddress(address));
  try {
    const from = await engine.parquet([path]);
    const moments = await momentsBySql(engine, from, NAMES);
    const rows = { engine, from, names: NAMES, id: 'track_id', scaler: scalerFrom(moments) };
    let centroids = cornersOf(k);
    const seconds: number[] = [];
    for (let pass = 0; pass <= passes; pass += 1) {
      const began = performance.now();
      const { sizes, sums } = await passOver(rows, centroids);
      if (pass > 0) seconds.push((performance.now() - began) / 1000); // the first compiles
      centroids = sizes.map((size, id) => (size === 0 ? centroids[id]! : sums[id]!.map((sum) => sum / size)));
    }
    return { rows: moments[0]!.n, seconds };
  } finally {
    await engine.close();
  }
}

/** As many corners of a cube about the mean, in standardised units. */
function cornersOf(k: number): readonly (readonly number[])[] {
  return Array.from({ length: k }, (_, id) => NAMES.map((_name, j) => ((id >> j) % 2 === 0 ? -1 : 1)));
}
