import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { openSparkEngine } from '#segue/engine/spark/engine.js';
import { SPOTIFY_FEATURES } from '#segue/features/contract.js';
import { passOver } from '#segue/training/at-scale/lloyd.js';
import { momentsBySql } from '#segue/training/at-scale/moments.js';
import { startingCentroids } from '#segue/training/at-scale/start.js';
import { openPool } from '#segue/training/pool.js';
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
  const pool = openPool(2);
  try {
    const from = await engine.parquet([path]);
    const moments = await momentsBySql(engine, from, NAMES);
    const rows = { engine, from, names: NAMES, scaler: scalerFrom(moments) };
    let centroids = await startingCentroids(rows, 'track_id', { k, seed: 42, starts: 3 }, pool);
    const seconds: number[] = [];
    for (let pass = 0; pass <= passes; pass += 1) {
      const began = performance.now();
      const { means } = await passOver(rows, centroids);
      if (pass > 0) seconds.push((performance.now() - began) / 1000); // the first compiles
      centroids = means;
    }
    return { rows: moments[0]!.n, seconds };
  } finally {
    await pool.close();
    await engine.close();
  }
}
