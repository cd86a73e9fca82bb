import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextAtOnce, readTextInSteps, type TextReading } from './read-text.js';
import type { SourceFile } from './sources.js';
import type { StagedRange, StagingContext } from './stage.js';
import { stageTidyText } from './stage-tidy-text.js';
import type { StagedFile } from './staged-file.js';
import { writeTidyText } from './tidy-text.js';

/**
 * Stages a file of delimited text. Segue's own scanner says where records begin and end, which of them aren't rows and on which line
 * each stands; DuckDB parses the rows. Both must come to the same number of rows.
 *
 * @param number of the file in the source
 * @param scratch an existing folder for copies; the text in it serves until the rejects are written
 * @returns undefined for a file without even a header
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_SOURCE_TRUNCATED, SEGUE_COLUMNS_MISSING, SEGUE_COUNTS_DISAGREE
 */
export async function stageText(
  context: StagingContext,
  source: SourceFile,
  compressed: boolean,
  number: number,
  scratch: string,
): Promise<StagedFile | undefined> {
  const atOnce = compressed ? undefined : await readTextAtOnce(context, source, number);
  const reading = atOnce ?? (await readTextInSteps(context, source, compressed, scratch));
  if (reading === undefined) return undefined;
  const { plain, header, layout, survey } = reading;
  return {
    source,
    sha256: plain.sha256,
    range: reading.range ?? (await stageReading(context, source, number, reading, scratch)),
    faults: survey.faults,
    rowsRead: survey.rows + [...survey.faults.values()].reduce((sum, count) => sum + count, 0),
    header: header.names,
    mapping: header.mapping,
    content: {
      kind: 'text',
      compressed,
      path: plain.path,
      encoding: plain.encoding,
      layout,
      index: survey.index,
    },
  };
}

/** Stages the rows of a text, from a tidy copy if it isn't tidy itself. */
async function stageReading(
  context: StagingContext,
  source: SourceFile,
  number: number,
  { plain, header, layout, survey }: TextReading,
  scratch: string,
): Promise<StagedRange> {
  if (survey.tidy && header.tidy) {
    return stageTidyText(context, { source, number, path: plain.path, layout, header }, survey.rows);
  }
  const path = join(scratch, 'tidy.csv');
  await writeTidyText(plain.path, layout, path, context.database.signal);
  const range = await stageTidyText(context, { source, number, path, layout, header }, survey.rows);
  await rm(path);
  return range;
}
