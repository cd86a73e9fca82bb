import type { ClusterFile, FilePiece } from '../cluster.js';
import { isPathMissing } from './conditions.js';
import { exactPath, project, query, readFiles } from './plan.js';
import type { Relation } from './proto/spark/connect/relations_pb.js';
import type { SparkRow } from './results.js';
import type { SparkSession } from './session.js';

/** Bytes of a file that are one value of a result: a message holds a few of them. */
const PIECE_BYTES = 8 << 20;

/** Columns of files, with what Spark knows of where a row stands. */
const COLUMNS = {
  text: [
    '_metadata.file_path AS `#path`',
    '_metadata.file_block_start AS `#block`',
    'monotonically_increasing_id() AS `#id`',
    'value AS `#text`',
  ],
  parquet: ['*', '_metadata.file_path AS `#path`', '_metadata.row_index AS `#row`'],
  binaryFile: ['_metadata.file_path AS `#path`', 'length AS `#bytes`', 'content AS `#content`'],
} as const;

/** Rows of files whose folders mean nothing. */
export function rowsOfFiles(format: keyof typeof COLUMNS, paths: readonly string[]): Relation {
  const options = { recursiveFileLookup: 'true', ...(format === 'text' ? { lineSep: '\n' } : {}) };
  return project(readFiles({ format, paths: paths.map(exactPath), options }), COLUMNS[format]);
}

/** @returns in the order of their paths; undefined if there is nothing of that path */
export async function listFiles(
  session: SparkSession,
  path: string,
  isGlob: boolean,
): Promise<ClusterFile[] | undefined> {
  const files = readFiles({
    format: 'binaryFile',
    paths: [isGlob ? path : exactPath(path)],
    options: { recursiveFileLookup: 'true' },
  });
  const facts = [
    'path',
    '_metadata.file_path AS uri',
    'length',
    'CAST(modificationTime AS STRING) AS changed',
  ];
  try {
    const found = await session.rows(project(files, facts));
    return found.map(fileOf).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    if (isPathMissing(error)) return undefined;
    throw error;
  }
}

function fileOf({ path, uri, length, changed }: SparkRow): ClusterFile {
  return { path: path as string, uri: uri as string, bytes: Number(length), changed: changed as string };
}

/** @param contents name of a relation of `rowsOfFiles` */
export async function* piecesOf(
  session: SparkSession,
  contents: string,
): AsyncGenerator<FilePiece, void, undefined> {
  const numbers = `explode(sequence(0, CAST(floor(greatest("#bytes" - 1, 0) / ${PIECE_BYTES}) AS INT)))`;
  const rows = session.batches(
    query(`SELECT "#path" AS uri, piece, substring("#content", 1 + piece * ${PIECE_BYTES}, ${PIECE_BYTES}) AS bytes
      FROM (SELECT *, ${numbers} AS piece FROM ${contents})`),
  );
  for await (const batch of rows) {
    for (const { uri, piece, bytes } of batch)
      yield { uri: uri as string, offset: Number(piece) * PIECE_BYTES, bytes: bytes as Uint8Array };
  }
}

/** How large the blocks are that large files are read in: some hundreds in all, so that every core has some, but none too small. */
export function blockBytesFor(bytes: number): number {
  return Math.min(128 << 20, Math.max(8 << 20, Math.ceil(bytes / 512)));
}
