import { columnReport, type SourceReport } from '../report.js';
import { FILE } from '../stage.js';
import { countsDisagree, emptyReport, emptySource } from '../stage-catalogue.js';
import type { StagedFile } from '../staged-file.js';
import { readHeads } from './heads.js';
import { readTexts, type TextsRead } from './read-texts.js';
import { findClusterSources } from './sources.js';
import { tableRows } from './staged.js';
import type { ClusterStaging } from './staging.js';
import { type ClusterTable, groupTables, readingTables } from './tables.js';

/** A catalogue whose rows lie on the cluster, typed and judged by the rules that one row alone can break. */
export interface ClusterCatalogue {
  /** The rows (staged.ts). */
  readonly staged: string;
  /** In the order of the source; undefined for a file with nothing in it. */
  readonly files: readonly (FileReport | undefined)[];
  readonly sources: readonly SourceReport[];
  readonly ignored: readonly string[];
  /** Rows and records that are none. */
  readonly rowsRead: number;
}

interface FileReport
  extends Pick<SourceReport, 'format' | 'encoding' | 'delimiter' | 'sha256'>,
    Pick<StagedFile, 'header' | 'mapping'> {}

/**
 * Reads a source on the cluster and stages its rows there, each judged.
 *
 * @throws SegueError SEGUE_SOURCE_*, SEGUE_COLUMNS_MISSING, SEGUE_SPARK_*
 */
export async function stageOnCluster(staging: ClusterStaging, source: string): Promise<ClusterCatalogue> {
  const { cluster, work, progress } = staging;
  progress.step(`looking at the files on ${cluster.name}`);
  const { files: found, ignored } = await findClusterSources(cluster, source);
  const heads = await readHeads(cluster, found);
  const looked = found.map((file, number) => ({ source: file, number, head: heads[number]! }));
  const ofFormat = (isTable: boolean) => looked.filter(({ head }) => (head.format === 'parquet') === isTable);
  const tables = await groupTables(cluster, ofFormat(true), staging);
  const texts = await readTexts(staging, ofFormat(false));

  progress.step('reading rows');
  const queries = [...texts.rows, ...tables.map((table) => tableRows(cluster, staging, table))];
  const files = fileReports(found.length, texts, tables);
  if (queries.length === 0) throw emptySource(source, files.filter((file) => file !== undefined).length);
  const folders = queries.map((_, i) => `${work}/staged/${i}`);
  for (const [i, query] of queries.entries()) {
    const isTable = i >= texts.rows.length;
    const write = (): Promise<void> => cluster.write(query, folders[i]!);
    if (isTable) await readingTables(cluster, tables[i - texts.rows.length]!.files, write);
    else await write();
  }
  const staged = await cluster.parquet(folders);
  const counted = await cluster.rows(
    `SELECT ${FILE} AS file, count(*) AS rows FROM ${staged} GROUP BY ${FILE}`,
  );
  const rows = new Map(counted.map((row) => [Number(row['file']), Number(row['rows'])]));
  for (const [number, expected] of texts.expected) {
    const came = rows.get(number) ?? 0;
    if (came !== expected) throw countsDisagree({ read: expected, kept: came, rejected: {} }, came);
  }
  const rowsRead = [...rows.values()].reduce((sum, count) => sum + count, 0);
  if (rowsRead === 0) throw emptySource(source, files.filter((file) => file !== undefined).length);
  return {
    staged,
    files,
    ignored,
    rowsRead,
    sources: found.map(({ name, bytes }, number): SourceReport => {
      const file = files[number];
      if (file === undefined) return emptyReport({ name, bytes });
      const { format, encoding, delimiter, sha256 } = file;
      const rowsOfFile = rows.get(number) ?? 0;
      return {
        name,
        bytes,
        sha256,
        format,
        encoding,
        delimiter,
        rows_read: rowsOfFile,
        ...columnReport(file),
      };
    }),
  };
}

function fileReports(
  count: number,
  { texts }: TextsRead,
  tables: readonly ClusterTable[],
): (FileReport | undefined)[] {
  const reports = new Map<number, FileReport>();
  for (const { number, compressed, sha256, encoding, header } of texts) {
    const { delimiter, names, mapping } = header;
    const format = compressed ? 'csv.gz' : 'csv';
    reports.set(number, { format, encoding, delimiter, sha256, header: names, mapping });
  }
  for (const { files, columns, mapping } of tables) {
    const header = columns.map(({ name }) => name);
    for (const { number, sha256 } of files)
      reports.set(number, { format: 'parquet', encoding: null, delimiter: null, sha256, header, mapping });
  }
  return Array.from({ length: count }, (_, number) => reports.get(number));
}
