import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import { allDone } from '../engine/all-done.js';
import type { FeatureContract } from '../features/contract.js';
import { byteSurveyor, utf8Encoding } from './byte-survey.js';
import { readHeader, type TextHeader } from './header.js';
import { hasJoinedDigits } from './joined-digits.js';
import { knownColumns } from './known-columns.js';
import { asPlainText, type PlainText } from './plain-text.js';
import { byteOrderMark, type TextLayout } from './read-records.js';
import { MAX_RECORD_BYTES } from './record.js';
import type { SourceFile } from './sources.js';
import { discardFile, type StagedRange, type StagingContext } from './stage.js';
import { parsedColumns, tryStaging } from './stage-tidy-text.js';
import { requireColumns } from './staged-file.js';
import { surveyRecords, type TextSurvey } from './tidy-text.js';

/** A text of which it is known what its records are. */
export interface TextReading {
  readonly plain: PlainText;
  readonly header: TextHeader;
  readonly layout: TextLayout;
  readonly survey: TextSurvey;
  /** Where its rows lie, if they are staged already. */
  readonly range: StagedRange | undefined;
}

const HEAD_BYTES = 2 * MAX_RECORD_BYTES;

/**
 * Reads a text step by step: its encoding, its header, its records.
 *
 * @param scratch an existing folder for copies
 * @returns undefined for a file without even a header
 * @throws SegueError SEGUE_SOURCE_NOT_A_TABLE, SEGUE_SOURCE_TRUNCATED, SEGUE_COLUMNS_MISSING
 */
export async function readTextInSteps(
  context: StagingContext,
  source: SourceFile,
  compressed: boolean,
  scratch: string,
): Promise<TextReading | undefined> {
  const { database, contract, rules, progress } = context;
  const plain = await asPlainText(source, compressed, scratch, database.signal);
  const header = await readHeaderOfFile(plain.path, contract);
  if (header === undefined) return undefined;
  requireTable(source, header);
  requireColumns(source, header.names, header.mapping, contract, rules);
  const layout = layoutOf(header, plain.badBytes);
  const survey = await surveyRecords(plain.path, layout, database.signal, ({ position }) =>
    progress.advance(position, compressed ? undefined : source.bytes, 'bytes'),
  );
  return { plain, header, layout, survey, range: undefined };
}

/**
 * Reads a text in one pass, hashes it and finds its records while DuckDB stages it already, in the hope that it is tidy UTF-8, as most
 * catalogues are, with nothing but numbers where numbers belong. Where the hope fails no row of the file is staged.
 *
 * @returns undefined unless the text is UTF-8 under a header that Segue can use
 */
export async function readTextAtOnce(
  context: StagingContext,
  source: SourceFile,
  number: number,
): Promise<TextReading | undefined> {
  const { database, contract, rules, progress } = context;
  const { path } = source;
  const head = await headOf(path);
  if (head.includes(0x0d) || !isUtf8(head.subarray(0, head.lastIndexOf(0x0a) + 1))) return undefined;
  const header = readHeaderOf(head, contract);
  if (header?.tidy !== true || !isTable(header)) return undefined;
  requireColumns(source, header.names, header.mapping, contract, rules);

  const layout = layoutOf(header, false);
  const hash = createHash('sha256');
  const surveyor = byteSurveyor(hash);
  const parsed = parsedColumns(context, header);
  const numbers = knownColumns(contract).flatMap(({ name, type }) =>
    type === 'text' ? [] : (header.mapping.positions.get(name) ?? []),
  );
  let joined = false;
  const [survey, attempt] = await allDone([
    surveyRecords(path, layout, database.signal, (batch) => {
      surveyor.take(batch.fresh);
      joined ||= hasJoinedDigits(batch, layout.delimiter, numbers);
      progress.advance(batch.position, source.bytes, 'bytes');
    }),
    tryStaging(
      context,
      { source, number, path, layout, header },
      { parallel: true, parsed, text: 'plain text' },
    ),
  ]);
  const bytes = surveyor.survey();
  const isPlain = bytes.validUtf8 && bytes.utf16 === undefined && !bytes.returnsOnly;
  const range = 'range' in attempt ? attempt.range : undefined;
  const isStaged = isPlain && survey.tidy && !joined && range?.rows === survey.rows;
  if (range !== undefined && !isStaged) await discardFile(database, number);
  if (!isPlain) return undefined;
  const plain = { path, sha256: hash.digest('hex'), encoding: utf8Encoding(bytes), badBytes: false };
  return { plain, header, layout, survey, range: isStaged ? range : undefined };
}

/** The header of a text in UTF-8; undefined for a file with nothing but empty lines. */
export async function readHeaderOfFile(
  path: string,
  contract: FeatureContract,
): Promise<TextHeader | undefined> {
  return readHeaderOf(await headOf(path), contract);
}

function layoutOf({ delimiter, names }: TextHeader, badBytes: boolean): TextLayout {
  return { delimiter, fields: names.length, badBytes };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function readHeaderOf(head: Buffer, contract: FeatureContract): TextHeader | undefined {
  return readHeader(head.subarray(byteOrderMark(head, head.length)), head.length < HEAD_BYTES, contract);
}

export function isTable({ names, mapping, regular }: TextHeader): boolean {
  if (names.some((name) => name.includes('\0'))) return false;
  const named = names.filter((name) => name.trim() !== '');
  const tabular = named.length > 1 && regular && !/^\s*[<{[]/.test(named[0]!);
  return mapping.positions.size > 0 || tabular;
}

/** @throws SegueError SEGUE_SOURCE_NOT_A_TABLE */
export function requireTable(source: Pick<SourceFile, 'name'>, header: TextHeader): void {
  if (isTable(header)) return;
  const binary = header.names.some((name) => name.includes('\0'));
  throw new SegueError('SEGUE_SOURCE_NOT_A_TABLE', {
    what: binary ? 'The file is binary, not text' : 'The file is not rows under a header',
    value: source.name,
    limit: 'CSV with a header (plain or gzip), or Parquet',
    mend: 'Export the catalogue as CSV or Parquet; a spreadsheet or JSON is neither.',
  });
}
