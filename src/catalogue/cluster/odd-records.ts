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

/** Lines with a quote that a record which isn't closed must have missed, before more lines are fetched for it. */
const QUOTES_AWAITED = 20;

/** A line as it was fetched. */
interface Line {
  readonly line: number;
  readonly bytes: Buffer;
  readonly odd: boolean;
}

/**
 * Reads the records that begin on an odd line, by Segue's own scanner, and sends them to the cluster with the lines that they go on over.
 * Odd lines are fetched in chunks, with as many behind them as it takes to see a record end.
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
  const isOdd = isOddSql('"#text"', delimiter, cluster.dialect);
  const chunked = `(SELECT *, floor("#line" / ${CHUNK_LINES}) AS "#chunk" FROM ${numbered})`;
  const wanted = await wantedChunks(cluster, `(SELECT * FROM ${chunked} WHERE ${isOdd})`, texts, surveys);
  const rows = cluster.stream(`
    SELECT "#file", "#line", ${isOdd} AS "#odd", CAST("#text" AS BINARY) AS bytes
    FROM ${chunked} LEFT SEMI JOIN ${wanted} AS w ON w.file = "#file" AND w.chunk = "#chunk"
    ORDER BY "#file", "#line"`);
  const lines = `(SELECT *, ${isOdd} AS "#odd" FROM ${numbered})`;

  const readers = new Map(texts.map((text, i) => [text.number, runReader(text, surveys[i]!.lines, sender)]));
  let reader: RunReader | undefined;
  let file = -1;
  let run: Line[] = [];
  const more = (from: number, count: number): Promise<Line[]> => linesFrom(cluster, lines, file, from, count);
  const endRun = async (): Promise<void> => {
    if (run.length > 0) await reader!.read(run, more);
    run = [];
  };
  for await (const batch of rows) {
    for (const row of batch) {
      const line = lineOf(row);
      const number = Number(row['#file']);
      if (number !== file || line.line !== run.at(-1)!.line + 1) {
        await endRun();
        file = number;
        reader = readers.get(number)!;
      }
      run.push(line);
    }
  }
  await endRun();
}

/** A relation of the chunks of lines that are to be fetched: those with an odd line, and as many behind them as it may take. */
async function wantedChunks(
  cluster: Cluster,
  odd: string,
  texts: readonly ClusterText[],
  surveys: readonly LineSurvey[],
): Promise<string> {
  const reach = texts.map(({ source, compressed }, i) =>
    chunksBehind(surveys[i]!, compressed ? undefined : source.bytes),
  );
  const columns = ['file', 'chunk'].map((name) => ({ name, type: 'integer' as const }));
  const behind = (i: number): number[] => Array.from({ length: reach[i]! + 1 }, (_, chunks) => chunks);
  if (surveys.every(({ oddChunks }) => oddChunks !== undefined)) {
    const rows = texts.flatMap(({ number }, i) => {
      const chunks = new Set(
        surveys[i]!.oddChunks!.flatMap((chunk) => behind(i).map((more) => chunk + more)),
      );
      return [...chunks].map((chunk) => [BigInt(number), BigInt(chunk)]);
    });
    return cluster.upload({ columns, rows });
  }
  const reaches = await cluster.upload({
    columns,
    rows: texts.flatMap(({ number }, i) => behind(i).map((more) => [BigInt(number), BigInt(more)])),
  });
  return `(
    SELECT DISTINCT "#file" AS file, "#chunk" + r.chunk AS chunk
    FROM (SELECT DISTINCT "#file", "#chunk" FROM ${odd}) JOIN ${reaches} AS r ON r.file = "#file")`;
}

/** Chunks behind one with an odd line that are fetched as well. */
function chunksBehind({ lines, quoted }: LineSurvey, bytes: number | undefined): number {
  const untilQuote = (QUOTES_AWAITED * lines) / Math.max(1, quoted);
  const inRecord = MAX_RECORD_BYTES / Math.max(1, (bytes ?? 100 * lines) / lines);
  return Math.ceil(Math.min(untilQuote, inRecord) / CHUNK_LINES) + 1;
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
  /** Reads the records of lines that follow one another, the first of which begins a record unless it belongs to one read before. */
  read(run: readonly Line[], more: (from: number, count: number) => Promise<Line[]>): Promise<void>;
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
          const grown = await more(run.at(-1)!.line + 1, 4 * CHUNK_LINES + 4 * run.length);
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
