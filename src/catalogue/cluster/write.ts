import { allDone } from '../../engine/all-done.js';
import { value } from '../cells.js';
import { DETAIL, FILE, REASON, TEST } from '../stage.js';
import { datasetColumns } from '../write-dataset.js';
import { LINE, RAW } from './staged.js';
import type { ClusterStaging } from './staging.js';

/** Rows of a file on the cluster, so that it comes here in a few pieces. */
export const ROWS_PER_FILE = 500_000;

/** Folders of a dataset on the cluster's storage. */
export const PARTS = ['X_train', 'X_test', 'y_train', 'y_test'] as const;

/**
 * Writes the kept rows as X and y of either side, and the rejected ones, in no order. X and y correspond by their track ids.
 *
 * @param names of the files, in their order
 */
export async function writeOnCluster(
  staging: ClusterStaging,
  judged: string,
  names: readonly string[],
): Promise<void> {
  const { cluster, work, contract } = staging;
  const { x, y } = datasetColumns(contract);
  const side = (columns: readonly string[], test: string): string =>
    `SELECT ${columns.map(value).join(', ')} FROM ${judged} WHERE ${REASON} = 0 AND ${test}`;
  await allDone([
    cluster.write(side(x, `NOT ${TEST}`), `${work}/X_train`, ROWS_PER_FILE),
    cluster.write(side(x, TEST), `${work}/X_test`, ROWS_PER_FILE),
    cluster.write(side(y, `NOT ${TEST}`), `${work}/y_train`, ROWS_PER_FILE),
    cluster.write(side(y, TEST), `${work}/y_test`, ROWS_PER_FILE),
    writeRejectsOnCluster(staging, judged, names, `${work}/rejects`),
  ]);
}

/** Writes the rejected rows, as `writeRejects` does, in no order. */
export async function writeRejectsOnCluster(
  { cluster, rules }: ClusterStaging,
  judged: string,
  names: readonly string[],
  folder: string,
): Promise<void> {
  const { dialect } = cluster;
  const reasons = rules.map(({ reason }, i) => `WHEN ${i + 1} THEN ${dialect.textLiteral(reason)}`);
  const sources = names.map((name, i) => `WHEN ${i} THEN ${dialect.textLiteral(name)}`);
  await cluster.write(
    `SELECT CASE ${FILE} ${sources.join(' ')} END AS source, ${LINE} AS line, CASE ${REASON} ${reasons.join(' ')} END AS reason,
      ${DETAIL} AS detail, ${RAW} AS raw
    FROM ${judged} WHERE ${REASON} <> 0`,
    folder,
    ROWS_PER_FILE,
  );
}

/** Takes the room back of what was written on the way: an engine of SQL can't remove files, but write less in their place. */
export async function clearStage({ cluster, work }: ClusterStaging): Promise<void> {
  const nothing = 'SELECT 1 AS nothing WHERE 1 = 0';
  const left = (await cluster.files(work, false)) ?? [];
  const folders = new Set(
    left.flatMap(({ path }) => {
      const found =
        /^(.*\/(?:staged\/\d+|judged\/\d+|records\/\d+|repeated|identified|sample\/[^/]+))\/[^/]+$/.exec(
          path,
        );
      return found === null ? [] : [found[1]!];
    }),
  );
  for (const folder of folders) await cluster.write(nothing, folder);
}
