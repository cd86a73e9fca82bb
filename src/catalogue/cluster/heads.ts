import type { Cluster } from '../../engine/cluster.js';
import { type FileFormat, formatOfBytes } from '../file-format.js';
import type { ClusterSource } from './sources.js';

/** How a file begins. */
export interface FileHead {
  readonly format: FileFormat;
  /** First bytes of the text; of one that is compressed, inflated, unless `linesReadable` is false. */
  readonly bytes: Buffer;
  /** Whether that is all of it. */
  readonly whole: boolean;
  /** Null for a large file: the cluster reads it in parts. */
  readonly sha256: string | null;
  /** Whether the cluster can tell its lines: it inflates what is named `.gz`, and nothing else. */
  readonly linesReadable: boolean;
}

/** Files up to this size are looked at as a whole; larger ones are what their names say. */
const SMALL_BYTES = 64 << 20;
const HEAD_BYTES = 1 << 16;
const HEAD_LINES = 1000;

/**
 * Looks at the beginnings of files, each of which is asked for once.
 *
 * @returns in the order of the files
 * @throws SegueError SEGUE_SOURCE_TRUNCATED for Parquet without its end
 */
export async function readHeads(cluster: Cluster, files: readonly ClusterSource[]): Promise<FileHead[]> {
  const small = files.filter(({ bytes }) => bytes <= SMALL_BYTES);
  const looks = new Map<string, Look>();
  if (small.length > 0) {
    const contents = await cluster.contents(small.map(({ path }) => path));
    const rows = cluster.stream(`
      SELECT "#path", substring("#content", 1, ${HEAD_BYTES}) AS head, sha2("#content", 256) AS sha256,
        substring("#content", greatest(CAST("#bytes" AS INT) - 3, 1), 4) AS tail
      FROM ${contents}`);
    for await (const batch of rows) for (const row of batch) looks.set(String(row['#path']), lookOf(row));
  }
  const heads: FileHead[] = [];
  for (const file of files) heads.push(await headOf(cluster, file, looks.get(file.uri)));
  return heads;
}

interface Look {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly sha256: string;
}

function lookOf(row: Readonly<Record<string, unknown>>): Look {
  const bytes = (name: string): Buffer => Buffer.from(row[name] as Uint8Array);
  return { head: bytes('head'), tail: bytes('tail'), sha256: String(row['sha256']) };
}

async function headOf(cluster: Cluster, file: ClusterSource, look: Look | undefined): Promise<FileHead> {
  const format =
    look === undefined ? formatOfName(file.name) : formatOfBytes(file, look.head.subarray(0, 4), look.tail);
  const sha256 = look?.sha256 ?? null;
  const isNamedGzip = formatOfName(file.name) === 'gzip';
  const linesReadable = format === 'text' ? !isNamedGzip : format === 'gzip' && isNamedGzip;
  if (look !== undefined && format !== 'gzip')
    return { format, sha256, linesReadable, bytes: look.head, whole: file.bytes <= HEAD_BYTES };
  const lines = linesReadable ? await firstLines(cluster, file) : undefined;
  // one that can't be inflated is read here, which tells what is wrong with it
  if (lines === undefined)
    return { format, sha256, bytes: Buffer.alloc(0), whole: false, linesReadable: false };
  return { format, sha256, linesReadable, ...lines };
}

/** @returns undefined if the file can't be read so */
async function firstLines(
  cluster: Cluster,
  { path }: ClusterSource,
): Promise<{ bytes: Buffer; whole: boolean } | undefined> {
  try {
    const lines = await cluster.lines([path]);
    const parts: Buffer[] = [];
    let rows = 0;
    for await (const batch of cluster.stream(
      `SELECT CAST("#text" AS BINARY) AS line FROM ${lines} WHERE "#block" = 0 LIMIT ${HEAD_LINES}`,
    )) {
      rows += batch.length;
      for (const row of batch) parts.push(Buffer.from(row['line'] as Uint8Array), Buffer.from('\n'));
    }
    return { bytes: Buffer.concat(parts), whole: rows < HEAD_LINES };
  } catch (error) {
    if (cluster.isReadingFault(error)) return undefined;
    throw error;
  }
}

function formatOfName(name: string): FileFormat {
  if (/\.gz$/i.test(name)) return 'gzip';
  return /\.parquet$/i.test(name) ? 'parquet' : 'text';
}
