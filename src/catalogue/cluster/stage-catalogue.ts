import { columnReport, type SourceReport } from '../report.js';
import { FILE, SETTLED } from '../stage.js';
import { countsDisagree, emptyReport, emptySource } from '../stage-catalogue.js';
import type { StagedFile } from '../staged-file.js';
import { readHeads } from './heads.js';
import { readTexts, type TextsRead } from './read-texts.js';
import { findClusterSources } from './sources.js';
import { judgedSql, settledSql, tableRows } from './staged.js';
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
  const sources = [...texts.rows, ...tables.map((table) => tableRows(cluster, staging, table))];
  const files = fileReports(found.length, texts, tables);
  if (sources.length === 0) throw emptySource(source, files.filter((file) => file !== undefined).length);
  const rows = new Map<number, number>();
  const folders: string[] = [];
  for (const [i, from] of sources.entries()) {
    const table = tables[i - texts.rows.length];
    const folder = `${work}/staged/${i}`;
    const write = (): Promise<void> => cluster.write(settledSql(cluster, staging, from), folder);
    if (table === undefined) await write();
    else await readingTables(cluster, table.files, write);
    folders.push(folder);
    const written = await cluster.parquet([folder]);
    const counted = await cluster.rows(
      `SELECT ${FILE} AS file, count(*) AS rows, count_if(NOT ${SETTLED}) AS unsettled FROM ${written} GROUP BY ${FILE}`,
    );
    for (const row of counted) rows.set(Number(row['file']), Number(row['rows']));
    if (counted.some((row) => Number(row['unsettled']) > 0)) {
      folders.push(`${work}/judged/${i}`);
      await cluster.write(judgedSql(cluster, staging, from, written), folders.at(-1)!);
    }
  }
  const staged = `(SELECT * FROM ${await cluster.parquet(folders)} WHERE ${SETTLED})`;
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
