import type { Cluster } from '../../engine/cluster.js';
import { splitFields } from '../fields.js';
import { judge } from '../judge-record.js';
import type { TextLayout } from '../read-records.js';
import { MAX_RECORD_BYTES, newScan, RECORD } from '../record.js';
import { faultOf } from '../record-fault.js';
import { type RecordScanner, recordScanner } from '../scan-record.js';
import { isEmptyLine, isOddSql } from './lines.js';
import { CONTINUED, type RecordSender } from './records.js';
import { CHUNK_LINES, type LineSurvey } from './survey.js';
import type { ClusterText } from './text.js';

/** Lines with a quote that a record which isn't closed must have missed, before more lines are fetched for it alone. */
const QUOTES_AWAITED = 20;
/** Lines that are fetched behind an odd line at first: most records that span lines end within them. */
const LINES_AT_FIRST = CHUNK_LINES;

/** Chunks with an odd line up to which the cluster is told of them; where there are more, it finds them again. */
const MOST_TOLD = 200_000;

/** A line as it was fetched. */
interface Line {
  readonly line: number;
  readonly bytes: Buffer;
  readonly odd: boolean;
}

/** A text whose odd lines are to be read, on from some line. */
interface Unread {
  readonly text: ClusterText;
  readonly survey: LineSurvey;
  readonly reader: RunReader;
  readonly from: number;
}

/**
 * Reads the records that begin on an odd line, by Segue's own scanner, and sends them to the cluster with the lines that they go on over.
 * Odd lines are fetched in chunks, with some lines behind them. From a record on that isn't closed by then, those of its text are fetched
 * again, with as many behind them as it may take; then, for a record that still isn't, lines by themselves.
 *
 * @param numbered the lines (survey.ts)
 * @param texts with one delimiter, some lines of which are odd
 */
export async function readOddRecords(
  cluster: Cluster,
  numbered: string,
  texts: readonly ClusterText[],
  surveys: readonly LineSurvey[],
  sender: RecordSender,
): Promise<void> {
  const { delimiter } = texts[0]!.header;
  const lines = `(SELECT *, ${isOddSql('"#text"', delimiter, cluster.dialect)} AS "#odd" FROM ${numbered})`;
  const all = texts.map((text, i): Unread => {
    const survey = surveys[i]!;
    return { text, survey, reader: runReader(text, survey.lines, sender), from: 0 };
  });
  const left = await readRuns(cluster, lines, all, () => LINES_AT_FIRST);
  if (left.length > 0)
    await readRuns(cluster, lines, left, linesBehind, (file, from, count) =>
      linesFrom(cluster, lines, file, from, count),
    );
}

/**
 * Reads the odd lines of texts.
 *
 * @param behind lines behind an odd one that are fetched as well
 * @param more fetches further ones of a text for a record that isn't closed within them; without it the text is left there
 * @returns texts that were left
 */
async function readRuns(
  cluster: Cluster,
  lines: string,
  unread: readonly Unread[],
  behind: (unread: Unread) => number,
  more?: (file: number, from: number, count: number) => Promise<Line[]>,
): Promise<Unread[]> {
  const chunked = `(SELECT *, floor("#line" / ${CHUNK_LINES}) AS "#chunk" FROM ${lines})`;
  const wanted = await wantedChunks(cluster, chunked, unread, behind);
  const rows = cluster.stream(`
    SELECT "#file", "#line", "#odd", CAST("#text" AS BINARY) AS bytes
    FROM ${chunked} LEFT SEMI JOIN ${wanted} AS w ON w.file = "#file" AND w.chunk = "#chunk"
    ORDER BY "#file", "#line"`);
  const byFile = new Map(unread.map((one) => [one.text.number, one]));
  const left = new Map<number, Unread>();
  let run: Line[] = [];
  let file = -1;
  const endRun = async (): Promise<void> => {
    const one = byFile.get(file);
    if (one === undefined || run.length === 0 || left.has(file)) return;
    const from = await one.reader.read(
      run,
      more === undefined ? undefined : (...which) => more(one.text.number, ...which),
    );
    if (from !== undefined) left.set(file, { ...one, from });
  };
  for await (const batch of rows) {
    for (const row of batch) {
      const line = lineOf(row);
      const number = Number(row['#file']);
      if (number !== file || line.line !== run.at(-1)!.line + 1) {
        await endRun();
        file = number;
        run = [];
      }
      run.push(line);
    }
  }
  await endRun();
  return [...left.values()];
}

/** A relation of the chunks of lines that are to be fetched: those with an odd line, and as many behind them as was asked for. */
async function wantedChunks(
  cluster: Cluster,
  chunked: string,
  unread: readonly Unread[],
  behind: (unread: Unread) => number,
): Promise<string> {
  const columns = ['file', 'chunk'].map((name) => ({ name, type: 'integer' as const }));
  const reach = unread.map((one) => Math.ceil(behind(one) / CHUNK_LINES));
  const reached = (i: number): number[] => Array.from({ length: reach[i]! + 1 }, (_, chunks) => chunks);
  const first = unread.map(({ from }) => Math.floor(from / CHUNK_LINES));
  const told = unread.reduce((sum, { survey }) => sum + (survey.oddChunks?.length ?? Infinity), 0);
  if (told <= MOST_TOLD) {
    const rows = unread.flatMap(({ text, survey }, i) => {
      const odd = survey.oddChunks!.filter((chunk) => chunk >= first[i]!);
      const chunks = new Set(odd.flatMap((chunk) => reached(i).map((further) => chunk + further)));
      return [...chunks].map((chunk) => [BigInt(text.number), BigInt(chunk)]);
    });
    return cluster.upload({ columns, rows });
  }
  const reaches = await cluster.upload({
    columns: [...columns, { name: 'least', type: 'integer' }],
    rows: unread.flatMap(({ text }, i) =>
      reached(i).map((further) => [BigInt(text.number), BigInt(further), BigInt(first[i]!)]),
    ),
  });
  return `(
    SELECT DISTINCT "#file" AS file, "#chunk" + r.chunk AS chunk
    FROM (SELECT DISTINCT "#file", "#chunk" FROM ${chunked} WHERE "#odd") JOIN ${reaches} AS r ON r.file = "#file" AND "#chunk" >= r.least)`;
}

/** Lines behind an odd one that a record goes on over at most, but for rare ones. */
function linesBehind({ survey: { lines, quoted }, text: { source, compressed } }: Unread): number {
  const untilQuote = (QUOTES_AWAITED * lines) / Math.max(1, quoted);
  const bytes = compressed ? 100 * lines : source.bytes;
  const inRecord = MAX_RECORD_BYTES / Math.max(1, bytes / lines);
  return Math.min(untilQuote, inRecord) + CHUNK_LINES;
}

function lineOf(row: Readonly<Record<string, unknown>>): Line {
  return {
    line: Number(row['#line']),
    bytes: Buffer.from(row['bytes'] as Uint8Array),
    odd: row['#odd'] === true,
  };
}

async function linesFrom(
  cluster: Cluster,
  lines: string,
  file: number,
  from: number,
  count: number,
): Promise<Line[]> {
  const found: Line[] = [];
  for await (const batch of cluster.stream(`
    SELECT "#line", "#odd", CAST("#text" AS BINARY) AS bytes FROM ${lines}
    WHERE "#file" = ${file} AND "#line" >= ${from} AND "#line" < ${from + count} ORDER BY "#line"`))
    found.push(...batch.map(lineOf));
  return found;
}

interface RunReader {
  /**
   * Reads the records of lines that follow one another, the first of which begins a record unless it belongs to one read before.
   *
   * @param more fetches lines behind them
   * @returns the line on which a record begins that they don't hold whole, where there are no more; undefined if all were read
   */
  read(
    run: readonly Line[],
    more: ((from: number, count: number) => Promise<Line[]>) | undefined,
  ): Promise<number | undefined>;
}

function runReader({ number: file, header }: ClusterText, lastLine: number, sender: RecordSender): RunReader {
  const { delimiter, names } = header;
  const layout: TextLayout = { delimiter, fields: names.length, badBytes: true };
  const scanner = recordScanner(delimiter.charCodeAt(0));
  let next = 0; // line on which the next record begins
  return {
    async read(given, more) {
      let run = given;
      for (let at = Math.max(next, run[0]!.line); at <= given.at(-1)!.line; at = next) {
        let lines = run.slice(at - run[0]!.line);
        let record = recordAt(lines, lastLine, layout, scanner);
        while (record === undefined) {
          if (more === undefined) return at;
          const grown = await more(run.at(-1)!.line + 1, 16 * CHUNK_LINES + 4 * run.length);
          run = [...run, ...grown];
          lines = run.slice(at - run[0]!.line);
          record = recordAt(lines, lastLine, layout, scanner);
        }
        next = at + record.lines;
        if (record.lines === 1 && !lines[0]!.odd) continue;
        const { code, fields, raw } = record;
        if (raw !== '') {
          await sender.send({
            file,
            line: at,
            code,
            raw,
            fields: code > RECORD.untidy ? null : splitFields(raw, delimiter),
            fault: faultOf(code, fields, names.length) ?? null,
          });
        }
        for (const { line, odd, bytes } of lines.slice(1, record.lines))
          if (!odd && !isEmptyLine(bytes))
            await sender.send({ file, line, code: CONTINUED, fields: null, fault: null, raw: null });
      }
      return undefined;
    },
  };
}

/** The record that begins with the first of some lines; undefined if it takes more of them to tell. */
function recordAt(
  lines: readonly Line[],
  lastLine: number,
  layout: TextLayout,
  scanner: RecordScanner,
): { lines: number; code: ReturnType<typeof newScan>['code']; fields: number; raw: string } | undefined {
  const scan = newScan();
  const isLast = lines.at(-1)!.line === lastLine;
  // most records are a line or a few; a record never takes more bytes than these
  for (let count = Math.min(8, lines.length); ; count = Math.min(lines.length, count * 8)) {
    const bytes = Buffer.concat(lines.slice(0, count).flatMap((line) => [line.bytes, Buffer.from('\n')]));
    const last = isLast && count === lines.length;
    if (scanner(bytes, 0, bytes.length, last, scan)) {
      judge(bytes, 0, bytes.length, layout, scanner, scan);
      return {
        lines: scan.lines,
        code: scan.code,
        fields: scan.fields,
        raw: bytes.toString('utf8', 0, scan.end),
      };
    }
    if (count === lines.length) return undefined;
  }
}
