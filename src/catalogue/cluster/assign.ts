import type { Progress } from '../../core/progress.js';
import { allDone } from '../../engine/all-done.js';
import type { Cluster } from '../../engine/cluster.js';
import type { AssignReport } from '../assign.js';
import { assignmentSql, type SegmentModel } from '../assignment.js';
import { rejectedInAll } from '../report.js';
import { type RuleOptions, rulesFor } from '../rules.js';
import { REASON } from '../stage.js';
import { countsDisagree, noRowsKept } from '../stage-catalogue.js';
import { countJudged } from './count.js';
import { judgeCatalogue } from './judge-catalogue.js';
import { stageOnCluster } from './stage-catalogue.js';
import { clearStage, ROWS_PER_FILE, writeRejectsOnCluster } from './write.js';

export interface ClusterAssignOptions {
  readonly cluster: Cluster;
  readonly source: string;
  readonly model: SegmentModel;
  readonly rules: RuleOptions;
  /** Folder on the cluster's storage for the tracks; rejected rows go beside it, to `NAME.rejects.parquet`. */
  readonly out: string;
  /** Folder on the cluster's storage for what is written on the way. */
  readonly work: string;
  /** Folder on this machine. */
  readonly scratch: string;
}

/**
 * `assignCatalogue` on a cluster: the same columns and values, in folders of Parquet files, in no order.
 *
 * @throws SegueError as `ingestOnCluster`
 */
export async function assignOnCluster(
  { cluster, source, model, out, work, scratch, rules: options }: ClusterAssignOptions,
  progress: Progress,
): Promise<AssignReport> {
  const { contract } = model;
  const rules = rulesFor(contract, options);
  const staging = { cluster, work, scratch, contract, rules, progress };
  const catalogue = await stageOnCluster(staging, source);
  progress.step('looking for repeated tracks');
  const judged = await judgeCatalogue(staging, catalogue, options.rowLimit);
  const { kept, rejected } = await countJudged(cluster, judged, rules);
  const rows = { read: catalogue.rowsRead, kept, rejected };
  if (rows.read !== kept + rejectedInAll(rows)) throw countsDisagree(rows, kept);
  if (kept === 0) throw noRowsKept(rows);
  progress.step('writing tracks and their segments');
  const from = `(SELECT * FROM ${judged} WHERE ${REASON} = 0)`;
  const rejects = rejectsFolder(out);
  const names = catalogue.sources.map(({ name }) => name);
  await allDone([
    cluster.write(assignmentSql(model, from, cluster.dialect), out, ROWS_PER_FILE),
    writeRejectsOnCluster(staging, judged, names, rejects),
  ]);
  const written = await cluster.rows(
    `SELECT cluster_id, count(*) AS rows FROM ${await cluster.parquet([out])} GROUP BY cluster_id`,
  );
  const bySegment = new Map(written.map((row) => [Number(row['cluster_id']), Number(row['rows'])]));
  const segments = model.centroids.map((_, id) => bySegment.get(id) ?? 0);
  const total = segments.reduce((sum, tracks) => sum + tracks, 0);
  if (total !== kept) throw countsDisagree(rows, total);
  await clearStage(staging);
  return { model_version: model.version, sources: catalogue.sources, rows, segments, rejects };
}

/** `s3a://b/tracks.parquet` → `s3a://b/tracks.rejects.parquet`. */
function rejectsFolder(out: string): string {
  return `${out.replace(/(\.parquet)?\/*$/, '')}.rejects.parquet`;
}
