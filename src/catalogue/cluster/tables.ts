import { SegueError } from '../../core/errors.js';
import type { Cluster, ClusterColumn } from '../../engine/cluster.js';
import { type ColumnMapping, mapColumns } from '../column-mapping.js';
import type { Judgement } from '../stage.js';
import { requireColumns } from '../staged-file.js';
import type { FileHead } from './heads.js';
import type { ClusterSource } from './sources.js';

/** A Parquet file on a cluster's storage. */
export interface TableFile {
  readonly source: ClusterSource;
  readonly number: number;
  readonly sha256: string | null;
}

/** Parquet files of one schema. */
export interface ClusterTable {
  readonly files: readonly TableFile[];
  readonly columns: readonly ClusterColumn[];
  readonly mapping: ColumnMapping;
  /** Their rows, with the number of the file and the row's own from 0. */
  readonly from: string;
}

/** Columns that reading adds. */
const ADDED = new Set(['#path', '#row']);

/**
 * Puts Parquet files together by their columns.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_COLUMNS_MISSING
 */
export async function groupTables(
  cluster: Cluster,
  files: readonly { readonly source: ClusterSource; readonly number: number; readonly head: FileHead }[],
  { contract, rules }: Judgement,
): Promise<ClusterTable[]> {
  const groups = new Map<string, { columns: readonly ClusterColumn[]; files: TableFile[] }>();
  for (const { source, number, head } of files) {
    const columns = await columnsOf(cluster, source);
    const names = columns.map(({ name }) => name);
    requireColumns(source, names, mapColumns(names, contract), contract, rules);
    const key = JSON.stringify(columns);
    const group = groups.get(key) ?? { columns, files: [] };
    groups.set(key, group);
    group.files.push({ source, number, sha256: head.sha256 });
  }
  const tables: ClusterTable[] = [];
  for (const { columns, files: alike } of groups.values()) {
    const rows = await cluster.tables(alike.map(({ source }) => source.path));
    const numbers = await cluster.upload({
      columns: [
        { name: '#uri', type: 'text' },
        { name: '#file', type: 'integer' },
      ],
      rows: alike.map(({ source, number }) => [source.uri, BigInt(number)]),
    });
    tables.push({
      files: alike,
      columns,
      mapping: mapColumns(
        columns.map(({ name }) => name),
        contract,
      ),
      from: `(SELECT t.*, n."#file" FROM ${rows} AS t JOIN ${numbers} AS n ON n."#uri" = t."#path")`,
    });
  }
  return tables;
}

async function columnsOf(cluster: Cluster, source: ClusterSource): Promise<readonly ClusterColumn[]> {
  return readingTables(cluster, [{ source }], async () => {
    const columns = await cluster.columns(await cluster.tables([source.path]));
    return columns.filter(({ name }) => !ADDED.has(name));
  });
}

/**
 * Does work that reads Parquet files.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE
 */
export async function readingTables<T>(
  cluster: Cluster,
  files: readonly Pick<TableFile, 'source'>[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!cluster.isReadingFault(error)) throw error;
    throw new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
      what: 'The Parquet file cannot be read',
      value: files.map(({ source }) => source.name).join(', '),
      mend: 'Write the file again, and check it with another reader.',
      cause: error,
    });
  }
}
