import { allDone } from '../../engine/all-done.js';
import { openDatabase } from '../../engine/duckdb/database.js';
import { textLiteral } from '../../engine/sql.js';
import { value } from '../cells.js';
import { DEFAULT_MEMORY_LIMIT, type IngestOptions } from '../ingest.js';
import { splitThreshold } from '../split.js';
import { bringRows } from './bring.js';
import type { ClusterStaging } from './staging.js';
import { PARTS } from './write.js';

/** Rows in the files that were brought. */
export interface Brought {
  readonly train: number;
  readonly test: number;
  readonly rejected: number;
}

/**
 * Brings the dataset from the cluster: all of it, or the tracks, the same in X and y, whose md5 says so.
 *
 * @param options `share` of the tracks that are brought, up to 1
 */
export async function bringDataset(
  staging: ClusterStaging,
  options: IngestOptions & { readonly share: number },
): Promise<Brought> {
  const { cluster, work, scratch } = staging;
  const { out, threads, signal, share, split } = options;
  const memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const from = share === 1 ? work : `${work}/sample`;
  if (share < 1) await writeSample(staging, split.seed, share);
  const database = await openDatabase({ scratch, memoryLimit, threads, signal });
  try {
    const targets = { X_train: out.xTrain, X_test: out.xTest, y_train: out.yTrain, y_test: out.yTest };
    const rows: Record<string, number> = {};
    for (const part of PARTS) {
      const how = { database, target: targets[part], order: value('track_id') };
      rows[part] = await bringRows(cluster, `${from}/${part}`, how);
    }
    const rejected = await bringRows(cluster, `${from}/rejects`, {
      database,
      target: out.rejects,
      order: 'source, line',
    });
    return { train: rows['X_train']!, test: rows['X_test']!, rejected };
  } finally {
    await database.close();
  }
}

async function writeSample({ cluster, work }: ClusterStaging, seed: number, share: number): Promise<void> {
  const sampled = (text: string): string =>
    `md5(concat(${textLiteral(`sample|${seed}|`)}, ${text})) < ${textLiteral(splitThreshold(share))}`;
  const write = async (part: string, condition: string): Promise<void> => {
    const rows = await cluster.parquet([`${work}/${part}`]);
    await cluster.write(`SELECT * FROM ${rows} WHERE ${condition}`, `${work}/sample/${part}`);
  };
  await allDone([
    ...PARTS.map((part) => write(part, sampled(value('track_id')))),
    write('rejects', sampled('concat(source, line)')),
  ]);
}
