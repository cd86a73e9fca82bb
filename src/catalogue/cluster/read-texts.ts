import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../../core/errors.js';
import type { FileHead } from './heads.js';
import { readOddRecords } from './odd-records.js';
import { readTextHere, type TextReadHere } from './read-here.js';
import { recordSender } from './records.js';
import type { ClusterSource } from './sources.js';
import { groupTexts, type RowSource, textRows } from './staged.js';
import type { ClusterStaging } from './staging.js';
import { isInOtherEncoding, type LineSurvey, numberedLines, surveyLines } from './survey.js';
import { type ClusterText, textOf } from './text.js';

/** A file of a source that isn't Parquet. */
export interface TextFile {
  readonly source: ClusterSource;
  readonly number: number;
  readonly head: FileHead;
}

/** Texts of a source, read. */
export interface TextsRead {
  readonly rows: readonly RowSource[];
  readonly texts: readonly (ClusterText | TextReadHere)[];
  /** Rows and records of each text that were found before the cluster parsed it; by number. */
  readonly expected: ReadonlyMap<number, number>;
}

interface SurveyedTexts {
  /** The relation of their lines. */
  readonly lines: string;
  readonly texts: readonly ClusterText[];
  readonly surveys: readonly LineSurvey[];
}

/**
 * Reads texts: the cluster those in UTF-8, but for odd lines, which this machine reads; this machine the others.
 *
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_SOURCE_TRUNCATED, SEGUE_COLUMNS_MISSING
 */
export async function readTexts(staging: ClusterStaging, files: readonly TextFile[]): Promise<TextsRead> {
  const { cluster, work, contract, rules, progress } = staging;
  const texts: ClusterText[] = [];
  const here: TextFile[] = [];
  for (const file of files) {
    const text = textOf(file.source, file.number, file.head, contract, rules);
    if (text === 'here') here.push(file);
    else if (text !== undefined) texts.push(text);
  }
  const delimiters = [...new Set(texts.map(({ header }) => header.delimiter))];
  const groups: SurveyedTexts[] = [];
  for (const delimiter of delimiters) {
    progress.step('counting lines');
    const alike = texts.filter(({ header }) => header.delimiter === delimiter);
    const { group, foreign } = await surveyed(staging, alike);
    groups.push(group);
    here.push(...files.filter(({ number }) => foreign.includes(number)));
  }

  const sender = recordSender(cluster, `${work}/records`);
  const readHere = await readAllHere(staging, here, sender);
  const numbered: { readonly texts: readonly ClusterText[]; readonly lines: string }[] = [];
  const expected = new Map<number, number>();
  for (const { lines, texts: alike, surveys } of groups) {
    if (alike.length === 0) continue;
    const numberedOf = await numberedLines(cluster, lines, alike, surveys);
    numbered.push({ texts: alike, lines: numberedOf });
    const withOdd = alike.flatMap((text, i) => (surveys[i]!.odd > text.oddInHeader ? [i] : []));
    if (withOdd.length > 0) {
      progress.step('reading what isn’t one row a line');
      await readOddRecords(
        cluster,
        numberedOf,
        withOdd.map((i) => alike[i]!),
        withOdd.map((i) => surveys[i]!),
        sender,
      );
    }
    for (const [i, text] of alike.entries()) {
      const { records, continued } = sender.sent(text.number);
      expected.set(text.number, rowsOfLines(text, surveys[i]!) - continued + records);
    }
  }
  for (const { number } of readHere) expected.set(number, sender.sent(number).records);
  const records = await sender.finish();
  const rows = [
    ...groupTexts(readHere).map((group) => textRows(cluster, staging, group, undefined, records)),
    ...numbered.flatMap(({ texts: alike, lines }) =>
      groupTexts(alike).map((group) => textRows(cluster, staging, group, lines, records)),
    ),
  ];
  return { rows, texts: [...groups.flatMap((group) => group.texts), ...readHere], expected };
}

/** Lines that the cluster takes for rows. */
function rowsOfLines(
  { headerLines, oddInHeader, emptyInHeader }: ClusterText,
  { lines, odd, empty }: LineSurvey,
): number {
  return lines - headerLines - (odd - oddInHeader) - (empty - emptyInHeader);
}

/** Counts the lines of texts with one delimiter, and sets those aside that are in another encoding, by their numbers. */
async function surveyed(
  { cluster }: ClusterStaging,
  texts: readonly ClusterText[],
): Promise<{ group: SurveyedTexts; foreign: number[] }> {
  try {
    const lines = await cluster.lines(texts.map(({ source }) => source.path));
    const surveys = await surveyLines(cluster, lines, texts);
    const foreign: number[] = [];
    for (const text of texts) {
      if (await isInOtherEncoding(cluster, text, surveys.get(text.source.uri)!)) foreign.push(text.number);
    }
    const kept = texts.filter(({ number }) => !foreign.includes(number));
    return {
      group: { lines, texts: kept, surveys: kept.map(({ source }) => surveys.get(source.uri)!) },
      foreign,
    };
  } catch (error) {
    if (!cluster.isReadingFault(error)) throw error;
    const compressed = texts.filter((text) => text.compressed);
    throw new SegueError('SEGUE_SOURCE_TRUNCATED', {
      what: 'A file is damaged, or ends before its data does',
      value: (compressed.length > 0 ? compressed : texts).map(({ source }) => source.name).join(', '),
      mend: 'Fetch the file again, and compare its size with the original.',
      cause: error,
    });
  }
}

async function readAllHere(
  staging: ClusterStaging,
  files: readonly TextFile[],
  sender: ReturnType<typeof recordSender>,
): Promise<TextReadHere[]> {
  const { cluster, scratch, progress } = staging;
  const read: TextReadHere[] = [];
  for (const { source, number, head } of files) {
    progress.step(`reading ${source.name} on this machine`);
    const folder = join(scratch, `file-${number}`);
    await mkdir(folder, { recursive: true });
    try {
      const compressed = head.format === 'gzip';
      const text = await readTextHere(cluster, source, number, compressed, staging, folder, sender);
      if (text !== undefined) read.push(text);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return read;
}
