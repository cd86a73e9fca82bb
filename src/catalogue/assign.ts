import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { draftPath, moveIntoPlace } from '../core/files.js';
import type { Progress } from '../core/progress.js';
import { openDatabase } from '../engine/duckdb/database.js';
import { pathLiteral, textLiteral } from '../engine/sql.js';
import { assignmentSql, type SegmentModel } from './assignment.js';
import { DEFAULT_MEMORY_LIMIT } from './ingest.js';
import { type RowCounts, rejectedInAll, type SourceReport } from './report.js';
import { type RuleOptions, rulesFor } from './rules.js';
import { REASON, STAGED } from './stage.js';
import { countsDisagree, stageCatalogue } from './stage-catalogue.js';
import { PARQUET, rowsStored, syncFile } from './write-dataset.js';
import { writeRejects } from './write-rejects.js';

export interface AssignOptions {
  readonly source: string;
  readonly model: SegmentModel;
  readonly rules: RuleOptions;
  /** Parquet file for the tracks; rejected rows go beside it, to `NAME.rejects.parquet`. */
  readonly out: string;
  readonly scratch: string;
  readonly memoryLimit?: string;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
}

export interface AssignReport {
  readonly model_version: string;
  readonly sources: readonly SourceReport[];
  readonly rows: RowCounts;
  /** Kept rows of each segment, by cluster_id. */
  readonly segments: readonly number[];
  readonly rejects: string;
}

/**
 * Cleans a catalogue by T1's rules and gives every kept track its segment, in the order of the source and out of core. Columns:
 * track_id, artist_name, track_name, genre, the features, cluster_id, distance (Euclidean, in standardised units, to the centroid),
 * model_version. Both files are written whole.
 *
 * @throws SegueError as `ingest` does
 */
export async function assignCatalogue(options: AssignOptions, progress: Progress): Promise<AssignReport> {
  const { source, model, scratch, threads, signal } = options;
  const out = resolve(options.out);
  const { contract } = model;
  const rules = rulesFor(contract, options.rules);
  const rejects = rejectsBeside(out);
  const drafts = { out: draftPath(out), rejects: draftPath(rejects) };
  const memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const database = await openDatabase({ scratch, memoryLimit, threads, signal });
  try {
    await mkdir(dirname(out), { recursive: true });
    const { files, sources, counts } = await stageCatalogue(
      { database, contract, rules, progress },
      source,
      options.rules,
    );
    progress.step('writing rejected rows');
    await writeRejects(database, files, rules, drafts.rejects);
    progress.step('writing tracks and their segments');
    const kept = `(SELECT * FROM ${STAGED} WHERE ${REASON} = 0)`;
    await database.run(
      `COPY (${assignmentSql(model, kept, database.dialect)}) TO ${textLiteral(drafts.out)} ${PARQUET}`,
    );
    const [written, rejected] = [
      await rowsStored(database, drafts.out),
      await rowsStored(database, drafts.rejects),
    ];
    if (written !== counts.kept || rejected !== rejectedInAll(counts)) throw countsDisagree(counts, written);
    const segments = await database.rows(
      `SELECT cluster_id, count(*) AS rows FROM read_parquet(${pathLiteral(drafts.out)}) GROUP BY ALL`,
    );
    const bySegment = new Map(segments.map((row) => [Number(row['cluster_id']), Number(row['rows'])]));
    await syncFile(drafts.out);
    await moveIntoPlace(drafts.rejects, rejects);
    await moveIntoPlace(drafts.out, out);
    return {
      model_version: model.version,
      sources,
      rows: counts,
      segments: model.centroids.map((_, id) => bySegment.get(id) ?? 0),
      rejects,
    };
  } finally {
    await database.close();
    await Promise.all([drafts.out, drafts.rejects].map((path) => rm(path, { force: true })));
  }
}

/** `tracks.parquet` → `tracks.rejects.parquet`, in the same folder. */
export function rejectsBeside(out: string): string {
  const { dir, name, ext } = parse(out);
  return join(dir, `${name}.rejects${ext === '' ? '.parquet' : ext}`);
}
