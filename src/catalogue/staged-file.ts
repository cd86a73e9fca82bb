import { SegueError } from '../core/errors.js';
import type { FeatureContract } from '../features/contract.js';
import type { ColumnMapping } from './column-mapping.js';
import { type KnownColumn, knownColumns } from './known-columns.js';
import type { TextLayout } from './read-records.js';
import type { RecordIndex } from './record-index.js';
import type { Rule } from './rules.js';
import type { SourceFile } from './sources.js';
import type { StagedRange } from './stage.js';

/** One file whose rows are in the staged table. */
export interface StagedFile {
  readonly source: SourceFile;
  readonly sha256: string;
  readonly range: StagedRange;
  /** Records that aren't rows, by their code (record.ts). */
  readonly faults: ReadonlyMap<number, number>;
  /** Rows and records that aren't. */
  readonly rowsRead: number;
  /** Names of the columns as the file has them. */
  readonly header: readonly string[];
  readonly mapping: ColumnMapping;
  readonly content: TextContent | ParquetContent;
}

export interface TextContent {
  readonly kind: 'text';
  readonly compressed: boolean;
  /** The text in UTF-8, whose lines are those of the file. */
  readonly path: string;
  readonly encoding: string;
  readonly layout: TextLayout;
  /** Where its records stand. */
  readonly index: RecordIndex;
}

export interface ParquetContent {
  readonly kind: 'parquet';
}

/** Known columns that a file has, by name. */
export function columnsPresent(file: Pick<StagedFile, 'header' | 'mapping'>): ReadonlyMap<string, string> {
  return new Map([...file.mapping.positions].map(([name, position]) => [name, file.header[position]!]));
}

/**
 * @throws SegueError SEGUE_COLUMNS_MISSING that names every feature, and every column a rule needs, that the file lacks, and its aliases
 */
export function requireColumns(
  source: Pick<SourceFile, 'name'>,
  header: readonly string[],
  mapping: ColumnMapping,
  contract: FeatureContract,
  rules: readonly Rule[],
): void {
  const needed = new Set(rules.flatMap((rule) => (rule.level === 'row' ? rule.needs : [])));
  const missing = knownColumns(contract).filter(
    ({ name, feature }) => (feature || needed.has(name)) && !mapping.positions.has(name),
  );
  if (missing.length === 0) return;
  const found = header.filter((name) => name.trim() !== '');
  throw new SegueError('SEGUE_COLUMNS_MISSING', {
    what: `${source.name} has no column for: ${missing.map(({ name }) => name).join(', ')}`,
    value: found.length === 0 ? 'no named column' : `columns found: ${found.join(', ')}`,
    limit: missing.map(namesOf).join('; '),
    mend: 'Give a file with these columns under one of these names.',
  });
}

function namesOf({ name, aliases }: KnownColumn): string {
  return aliases.length === 0 ? name : `${name} (or ${aliases.join(', ')})`;
}
