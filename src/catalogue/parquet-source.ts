import { SegueError } from '../core/errors.js';
import { sha256OfFile } from '../core/hash.js';
import { identifier, pathLiteral } from '../engine/sql.js';
import type { SourceColumn } from './cells.js';
import { mapColumns } from './column-mapping.js';
import { knownColumns } from './known-columns.js';
import { isReadingFault } from './reading-fault.js';
import type { SourceFile } from './sources.js';
import { type StagingContext, stagedRange, stageFile } from './stage.js';
import { requireColumns, type StagedFile } from './staged-file.js';

const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/**
 * Stages a Parquet file. A list in a cell (artists, say) becomes text parted by commas.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_COLUMNS_MISSING, SEGUE_COUNTS_DISAGREE
 */
export async function stageParquet(
  context: StagingContext,
  source: SourceFile,
  number: number,
): Promise<StagedFile> {
  const { database, contract, rules } = context;
  const from = readParquet(source.path);
  const described = await orNotATable(source, database.signal, () =>
    database.rows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`),
  );
  const header = described.map((row) => String(row['column_name']));
  const types = described.map((row) => String(row['column_type']));
  const mapping = mapColumns(header, contract);
  requireColumns(source, header, mapping, contract, rules);

  const columns = knownColumns(contract).flatMap((column): SourceColumn[] => {
    const position = mapping.positions.get(column.name);
    if (position === undefined) return [];
    const holds = NUMBER_TYPE.test(types[position]!) ? 'number' : 'text';
    return [{ column, source: asCell(identifier(header[position]!), types[position]!), holds }];
  });
  await orNotATable(source, database.signal, () => stageFile(context, number, from, columns));
  const range = await stagedRange(database, number);
  const [stored] = await database.rows(
    `SELECT sum(num_rows) AS rows FROM parquet_file_metadata(${pathLiteral(source.path)})`,
  );
  if (range.rows !== Number(stored!['rows'])) {
    throw new SegueError('SEGUE_COUNTS_DISAGREE', {
      what: `${range.rows} rows were read, ${Number(stored!['rows'])} are stored`,
      value: source.name,
      mend: 'Report this with the file: it is a fault of Segue.',
    });
  }
  const sha256 = await sha256OfFile(source.path);
  return {
    source,
    sha256,
    range,
    faults: new Map(),
    rowsRead: range.rows,
    header,
    mapping,
    content: { kind: 'parquet' },
  };
}

/** The relation of one Parquet file's rows, with their numbers if asked for. */
export function readParquet(path: string, rowNumbers = false): string {
  return `read_parquet(${pathLiteral(path)}, binary_as_string = true, hive_partitioning = false, file_row_number = ${rowNumbers})`;
}

function asCell(column: string, type: string): string {
  if (NUMBER_TYPE.test(type) || type === 'VARCHAR') return column;
  if (type.endsWith('[]')) return `array_to_string(CAST(${column} AS VARCHAR[]), ', ')`;
  return `CAST(${column} AS VARCHAR)`;
}

async function orNotATable<T>(
  source: SourceFile,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isReadingFault(error, signal)) throw error;
    throw new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
      what: 'The Parquet file cannot be read',
      value: source.name,
      mend: 'Write the file again, and check it with another reader.',
      cause: error,
    });
  }
}
