import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../../engine/cluster.js';
import type { Database } from '../../engine/duckdb/database.js';
import { pathLiteral, textLiteral } from '../../engine/sql.js';
import { PARQUET, rowsStored, syncFile } from '../write-dataset.js';

/**
 * Brings a folder of Parquet files from the cluster and makes one file of it.
 *
 * @param folder that `Cluster.write` wrote
 * @param order columns that the rows are sorted by
 * @returns rows in the file
 */
export async function bringRows(
  cluster: Cluster,
  folder: string,
  {
    database,
    target,
    order,
  }: { readonly database: Database; readonly target: string; readonly order: string },
): Promise<number> {
  const files = (await cluster.files(folder, false)) ?? [];
  const scratch = join(database.scratch, 'brought');
  await mkdir(scratch, { recursive: true });
  try {
    const paths = files.map((_, i) => join(scratch, `${i}.parquet`));
    await fetchFiles(cluster, files, paths);
    const from = `read_parquet([${paths.map(pathLiteral).join(', ')}])`;
    await database.run(`COPY (SELECT * FROM ${from} ORDER BY ${order}) TO ${textLiteral(target)} ${PARQUET}`);
    await syncFile(target);
    return await rowsStored(database, target);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function fetchFiles(
  cluster: Cluster,
  files: readonly { readonly path: string; readonly uri: string }[],
  targets: readonly string[],
): Promise<void> {
  const handles = new Map(
    await Promise.all(files.map(async ({ uri }, i) => [uri, await open(targets[i]!, 'w')] as const)),
  );
  try {
    for await (const { uri, offset, bytes } of cluster.pieces(files.map(({ path }) => path)))
      await handles.get(uri)!.write(bytes, 0, bytes.length, offset);
  } finally {
    await Promise.all([...handles.values()].map((handle) => handle.close()));
  }
}
