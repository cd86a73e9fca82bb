import type { Cluster } from '../../engine/cluster.js';
import { bareLine, isOddSql } from './lines.js';
import type { ClusterText } from './text.js';

/** A stretch of a text whose lines are numbered by the cluster as it reads them. */
export interface Block {
  /** Place in the file. */
  readonly start: number;
  /** What the cluster calls its first line. */
  readonly firstId: bigint;
  /** Number of its first line, from 1. */
  readonly firstLine: number;
}

/** What a pass over the lines of a text found. */
export interface LineSurvey {
  readonly blocks: readonly Block[];
  readonly lines: number;
  readonly odd: number;
  readonly empty: number;
  /** Lines with a quote. */
  readonly quoted: number;
  /** Lines that aren't UTF-8. */
  readonly damaged: number;
  /** Chunks of CHUNK_LINES lines, by line number over CHUNK_LINES, with an odd line; undefined for too many to be told. */
  readonly oddChunks: readonly number[] | undefined;
}

/** Lines that are fetched together. */
export const CHUNK_LINES = 16;
/** Share of odd lines above which their places aren't told. */
const MOST_ODD = 0.03;

interface BlockFigures {
  readonly start: number;
  readonly firstId: bigint;
  readonly lines: number;
  readonly odd: number;
  readonly empty: number;
  readonly quoted: number;
  readonly damaged: number;
  /** Ids over CHUNK_LINES of odd lines. */
  readonly oddIds: readonly bigint[] | undefined;
}

/**
 * Counts the lines of texts, in one pass.
 *
 * @param lines the relation that the cluster reads them by
 * @param texts with one delimiter
 * @returns by the texts' `uri`
 */
export async function surveyLines(
  cluster: Cluster,
  lines: string,
  texts: readonly ClusterText[],
): Promise<Map<string, LineSurvey>> {
  const { dialect } = cluster;
  const isOdd = isOddSql('"#text"', texts[0]!.header.delimiter, dialect);
  const found = new Map<string, BlockFigures[]>();
  const rows = cluster.stream(`
    SELECT "#path", "#block", min("#id") AS id, count(*) AS lines, ${count('"#odd"')} AS odd,
      ${count(`NOT "#odd" AND ${bareLine('"#text"', dialect)} = ''`)} AS empty,
      ${count(`contains("#text", '"')`)} AS quoted,
      ${count(`"#odd" AND NOT (${dialect.isUtf8('"#text"')})`)} AS damaged,
      CASE WHEN ${count('"#odd"')} <= ${MOST_ODD} * count(*) THEN ${dialect.distinct(`CASE WHEN "#odd" THEN floor("#id" / ${CHUNK_LINES}) END`)} END AS odd_ids
    FROM (SELECT *, ${isOdd} AS "#odd" FROM ${lines}) GROUP BY "#path", "#block"`);
  for await (const batch of rows) {
    for (const row of batch) {
      const path = String(row['#path']);
      const blocks = found.get(path) ?? [];
      found.set(path, blocks);
      blocks.push({
        start: Number(row['#block']),
        firstId: BigInt(String(row['id'])),
        lines: Number(row['lines']),
        odd: Number(row['odd']),
        empty: Number(row['empty']),
        quoted: Number(row['quoted']),
        damaged: Number(row['damaged']),
        oddIds: row['odd_ids'] === null ? undefined : numbersIn(String(row['odd_ids'])),
      });
    }
  }
  return new Map(texts.map(({ source: { uri } }) => [uri, surveyOf(found.get(uri) ?? [])]));
}

function count(condition: string): string {
  return `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

function surveyOf(figures: readonly BlockFigures[]): LineSurvey {
  const inOrder = figures.toSorted((a, b) => a.start - b.start);
  const blocks: Block[] = [];
  let firstLine = 1;
  for (const { start, firstId, lines } of inOrder) {
    blocks.push({ start, firstId, firstLine });
    firstLine += lines;
  }
  const sum = (of: 'odd' | 'empty' | 'quoted' | 'damaged'): number =>
    inOrder.reduce((total, block) => total + block[of], 0);
  return {
    blocks,
    lines: firstLine - 1,
    odd: sum('odd'),
    empty: sum('empty'),
    quoted: sum('quoted'),
    damaged: sum('damaged'),
    oddChunks: inOrder.every(({ oddIds }) => oddIds !== undefined)
      ? inOrder.flatMap(({ firstId, lines, oddIds }, i) =>
          oddIds!.flatMap((id) => chunksOf(id, firstId, lines, blocks[i]!.firstLine)),
        )
      : undefined,
  };
}

/** The chunks by line number that lines lie in whose ids have this chunk. */
function chunksOf(idChunk: bigint, firstId: bigint, lines: number, firstLine: number): number[] {
  const from = Math.max(0, Number(idChunk * BigInt(CHUNK_LINES) - firstId));
  const to = Math.min(lines, Number((idChunk + 1n) * BigInt(CHUNK_LINES) - firstId)) - 1;
  const [first, last] = [from, to].map((offset) => Math.floor((firstLine + offset) / CHUNK_LINES));
  return first === last ? [first!] : [first!, last!];
}

function numbersIn(text: string): bigint[] {
  return text === '' ? [] : text.split(',').map(BigInt);
}

/** Whether the text is in another encoding than UTF-8, by what most of its lines beyond ASCII say. */
export async function isInOtherEncoding(
  cluster: Cluster,
  { source }: ClusterText,
  { damaged }: LineSurvey,
): Promise<boolean> {
  if (damaged === 0) return false;
  const { dialect } = cluster;
  const [found] = await cluster.rows(`
    SELECT count(*) AS lines FROM ${await cluster.lines([source.path])}
    WHERE ${dialect.matches('"#text"', '[^\\x00-\\x7f]')} AND ${dialect.isUtf8('"#text"')}`);
  return Number(found!['lines']) < damaged;
}

/**
 * The lines behind the headers of texts as a relation of `"#file"` (number of the text), `"#line"` (from 1), and `"#text"`.
 *
 * @param surveys of the texts, in their order
 */
export async function numberedLines(
  cluster: Cluster,
  lines: string,
  texts: readonly ClusterText[],
  surveys: readonly LineSurvey[],
): Promise<string> {
  const blocks = await cluster.upload({
    columns: [
      { name: 'path', type: 'text' },
      ...['block', 'id', 'line', 'file', 'header'].map((name) => ({ name, type: 'integer' as const })),
    ],
    rows: texts.flatMap(({ source, number, headerLines }, i) =>
      surveys[i]!.blocks.map(({ start, firstId, firstLine }) => [
        source.uri,
        BigInt(start),
        firstId,
        BigInt(firstLine),
        BigInt(number),
        BigInt(headerLines),
      ]),
    ),
  });
  return `(SELECT "#file", "#line", "#text" FROM (
    SELECT b.file AS "#file", b.line + (l."#id" - b.id) AS "#line", b.header AS "#header", l."#text"
    FROM ${lines} AS l JOIN ${blocks} AS b ON l."#path" = b.path AND l."#block" = b.block
  ) WHERE "#line" > "#header")`;
}
