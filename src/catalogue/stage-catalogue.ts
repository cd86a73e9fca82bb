import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { sha256 } from '../core/hash.js';
import { formatOf } from './file-format.js';
import { stageParquet } from './parquet-source.js';
import { rejectRepeatedRows } from './repeated-rows.js';
import { countRows, type RowCounts, rejectedInAll, type SourceReport, sourceReport } from './report.js';
import type { RuleOptions } from './rules.js';
import { findSources, type SourceFile } from './sources.js';
import { createStage, type StagingContext } from './stage.js';
import type { StagedFile } from './staged-file.js';
import { stageText } from './text-source.js';

/** A catalogue whose rows are staged and judged by every rule. */
export interface StagedCatalogue {
  /** In the order of the source; undefined for a file with nothing in it. */
  readonly files: readonly (StagedFile | undefined)[];
  readonly sources: readonly SourceReport[];
  readonly ignored: readonly string[];
  readonly counts: RowCounts;
}

/**
 * Reads a source into the staged table and applies the rules: what `ingest` and `assignCatalogue` have in common.
 *
 * @throws SegueError if the source can't be used, or if no row passes the rules
 */
export async function stageCatalogue(
  context: StagingContext,
  source: string,
  options: RuleOptions,
): Promise<StagedCatalogue> {
  const { database, contract, rules, progress } = context;
  const { files: found, ignored } = await findSources(source);
  await createStage(database, contract);
  const files: (StagedFile | undefined)[] = [];
  for (const [number, file] of found.entries()) {
    progress.step(`reading ${file.name}`);
    files.push(await stageSource(context, file, number));
  }
  const staged = files.filter((file) => file !== undefined);
  if (staged.every(({ rowsRead }) => rowsRead === 0)) throw emptySource(source, staged.length);

  progress.step('looking for repeated tracks');
  const withoutId = staged.filter(({ mapping }) => !mapping.positions.has('track_id'));
  await rejectRepeatedRows(
    context,
    options.rowLimit,
    withoutId.map((file) => files.indexOf(file)),
  );
  const counts = await countRows(database, staged, rules);
  if (counts.read !== counts.kept + rejectedInAll(counts)) throw countsDisagree(counts, counts.kept);
  if (counts.kept === 0) throw noRowsKept(counts);
  return {
    files,
    sources: files.map((file, i) => (file === undefined ? emptyReport(found[i]!) : sourceReport(file))),
    ignored,
    counts,
  };
}

/** The fault that must not happen: rows unaccounted for. */
export function countsDisagree(counts: RowCounts, written: number): SegueError {
  return new SegueError('SEGUE_COUNTS_DISAGREE', {
    what: `${counts.read} rows were read, ${written} kept and ${rejectedInAll(counts)} rejected`,
    mend: 'Report this with the file: it is a fault of Segue.',
  });
}

async function stageSource(
  context: StagingContext,
  file: SourceFile,
  number: number,
): Promise<StagedFile | undefined> {
  try {
    const format = await formatOf(file);
    if (format === 'parquet') return await stageParquet(context, file, number);
    const scratch = join(context.database.scratch, `file-${number}`);
    await mkdir(scratch);
    return await stageText(context, file, format === 'gzip', number, scratch);
  } catch (error) {
    if (!isNodeError(error, 'EACCES') && !isNodeError(error, 'EPERM')) throw error;
    throw new SegueError('SEGUE_SOURCE_NOT_FOUND', {
      what: 'The file may not be read',
      value: file.name,
      mend: 'Give the account that runs Segue the right to read it.',
      cause: error,
    });
  }
}

/** @param files that have a header at least */
export function emptySource(source: string, files: number): SegueError {
  return new SegueError('SEGUE_SOURCE_EMPTY', {
    what: files === 0 ? 'The source is empty' : 'The source has a header and no rows',
    value: source,
    mend: 'Give a catalogue with at least one track.',
  });
}

export function noRowsKept({ read, rejected }: RowCounts): SegueError {
  const reasons = Object.entries(rejected).map(([reason, rows]) => `${reason} ${rows}`);
  return new SegueError('SEGUE_NO_ROWS_KEPT', {
    what: `All ${read} rows were rejected`,
    value: reasons.join(', '),
    mend: 'Mend the source, or loosen the rules.',
  });
}

export function emptyReport({ name, bytes }: Pick<SourceFile, 'name' | 'bytes'>): SourceReport {
  return {
    name,
    bytes,
    sha256: sha256(''),
    format: 'empty',
    encoding: null,
    delimiter: null,
    rows_read: 0,
    columns: {},
    track_id: null,
    index_columns: [],
    ignored_columns: [],
    unknown_columns: [],
  };
}
