import type { Database } from '../engine/duckdb/database.js';
import type { Cell, SqlEngine } from '../engine/sql-engine.js';
import type { FeatureContract } from '../features/contract.js';
import { value } from './cells.js';
import { knownColumns } from './known-columns.js';
import type { Rule } from './rules.js';
import type { SplitOptions } from './split.js';
import { FILE, REASON, STAGED } from './stage.js';
import { columnsPresent, type StagedFile } from './staged-file.js';

/** What `report.json` holds: what was read, what was kept, and why the rest wasn't. No time stamps: equal input gives equal bytes. */
export interface IngestReport {
  readonly format: 'segue-ingest/1';
  readonly sources: readonly SourceReport[];
  /** Files of the folder or glob that hold no catalogue. */
  readonly ignored_files: readonly string[];
  readonly rows: RowCounts & { readonly train: number; readonly test: number };
  /** Cells of kept rows, by column, that hold something other than the column's kind of number; they're stored as NULL. */
  readonly unreadable_cells: Readonly<Record<string, number>>;
  /** Rules in the order in which they were applied. */
  readonly rules: readonly { readonly reason: string; readonly description: string }[];
  readonly split: { readonly seed: number; readonly test_share: number };
  /** The same for the same kept rows in any order (content-hash.ts). */
  readonly cleaned_data_hash: string;
  /** Of the kept rows. */
  readonly features: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
}

export interface RowCounts {
  /** kept + all of rejected. */
  readonly read: number;
  readonly kept: number;
  /** Rows by the first rule that they broke; rules that no row broke are left out. */
  readonly rejected: Readonly<Record<string, number>>;
}

export interface SourceReport {
  readonly name: string;
  readonly bytes: number;
  /** Null where a cluster read the file, in parts. */
  readonly sha256: string | null;
  readonly format: 'csv' | 'csv.gz' | 'parquet' | 'empty';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly rows_read: number;
  /** Header of the column that stands for each known column. */
  readonly columns: Readonly<Record<string, string>>;
  /** `derived`: the file has no track id, so ids were made from the rows. */
  readonly track_id: 'column' | 'derived' | null;
  /** Columns that only number the rows; '' where the header has no name for one. */
  readonly index_columns: readonly string[];
  /** Columns that would stand for a known column if another didn't. */
  readonly ignored_columns: readonly {
    readonly header: string;
    readonly column: string;
    readonly chosen: string;
  }[];
  readonly unknown_columns: readonly string[];
}

export function sourceReport(file: StagedFile): SourceReport {
  const { source, content } = file;
  const text = content.kind === 'text' ? content : undefined;
  return {
    name: source.name,
    bytes: source.bytes,
    sha256: file.sha256,
    format: text === undefined ? 'parquet' : text.compressed ? 'csv.gz' : 'csv',
    encoding: text?.encoding ?? null,
    delimiter: text?.layout.delimiter ?? null,
    rows_read: file.rowsRead,
    ...columnReport(file),
  };
}

/** What became of the columns of a file. */
export function columnReport({
  header,
  mapping,
}: Pick<StagedFile, 'header' | 'mapping'>): Pick<
  SourceReport,
  'columns' | 'track_id' | 'index_columns' | 'ignored_columns' | 'unknown_columns'
> {
  return {
    columns: Object.fromEntries(columnsPresent({ header, mapping })),
    track_id: mapping.positions.has('track_id') ? 'column' : 'derived',
    index_columns: mapping.index,
    ignored_columns: mapping.ignored,
    unknown_columns: mapping.unknown,
  };
}

/** Counts of the staged rows and of the records that never became rows. */
export async function countRows(
  database: Database,
  files: readonly StagedFile[],
  rules: readonly Rule[],
): Promise<RowCounts> {
  const staged = await database.rows(
    `SELECT ${REASON} AS code, count(*) AS rows FROM ${STAGED} GROUP BY ALL`,
  );
  const byCode = new Map(staged.map((row) => [Number(row['code']), Number(row['rows'])]));
  const faults = (codes: readonly number[]): number =>
    files.reduce((sum, file) => sum + codes.reduce((of, code) => of + (file.faults.get(code) ?? 0), 0), 0);
  const rejected = rules
    .map(
      (rule, i) =>
        [rule.reason, rule.level === 'record' ? faults(rule.codes) : (byCode.get(i + 1) ?? 0)] as const,
    )
    .filter(([, rows]) => rows > 0);
  return {
    read: files.reduce((sum, file) => sum + file.rowsRead, 0),
    kept: byCode.get(0) ?? 0,
    rejected: Object.fromEntries(rejected),
  };
}

/** The content of `report.json`, in its order. */
export function ingestReport({
  rules,
  split,
  cleaned_data_hash: hash,
  ...found
}: Omit<IngestReport, 'format' | 'rules' | 'split'> & {
  readonly rules: readonly Rule[];
  readonly split: SplitOptions;
}): IngestReport {
  return {
    format: 'segue-ingest/1',
    ...found,
    rules: rules.map(({ reason, description }) => ({ reason, description })),
    split: { seed: split.seed, test_share: split.testShare },
    cleaned_data_hash: hash,
  };
}

export function rejectedInAll({ rejected }: Pick<RowCounts, 'rejected'>): number {
  return Object.values(rejected).reduce((sum, rows) => sum + rows, 0);
}

/**
 * Facts of the kept rows that need a look at each: cells that couldn't be read, and the range of each feature.
 *
 * @param kept the rows, each with its file
 */
export async function describeKept(
  engine: SqlEngine,
  kept: string,
  contract: FeatureContract,
  files: readonly (Pick<StagedFile, 'mapping'> | undefined)[],
): Promise<Pick<IngestReport, 'unreadable_cells' | 'features'>> {
  const numbers = knownColumns(contract).filter(({ type, feature }) => type !== 'text' && !feature);
  const unreadable = numbers.map(({ name }) => {
    const having = files.flatMap((file, i) => (file?.mapping.positions.has(name) ? [i] : []));
    const among = having.length === files.length ? '' : ` AND ${FILE} IN (${having.join(', ')})`;
    return having.length === 0 ? '0' : `count(*) FILTER (WHERE ${value(name)} IS NULL${among})`;
  });
  const ranges = contract.features.flatMap(({ name }) => [`min(${value(name)})`, `max(${value(name)})`]);
  const expressions = [...unreadable, ...ranges].map((expression, i) => `${expression} AS c${i}`);
  const [found] = await engine.rows(`SELECT ${expressions.join(', ')} FROM ${kept}`);
  const cell = (i: number): Cell => found![`c${i}`]!;
  return {
    unreadable_cells: Object.fromEntries(
      numbers.map(({ name }, i) => [name, Number(cell(i))] as const).filter(([, cells]) => cells > 0),
    ),
    features: Object.fromEntries(
      contract.features.map(({ name }, j) => {
        const at = numbers.length + 2 * j;
        return [name, { min: Number(cell(at)), max: Number(cell(at + 1)) }];
      }),
    ),
  };
}
