import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

/**
 * Streams a result block by block, in the order of its rows. The next block is asked for before the present one is handed out, so that
 * the engine decodes while the caller works.
 *
 * The engine ends a stream in which it failed just as it ends a whole one: so the rows are counted before.
 *
 * @param view makes of a block what the caller is given; it is valid until the next one is asked for
 */
export async function* streamChunks<Chunk>(
  connection: DuckDBConnection,
  sql: string,
  signal: AbortSignal | undefined,
  view: (chunk: DuckDBDataChunk) => Chunk,
): AsyncGenerator<Chunk, void, undefined> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM (${sql})`);
  let left = Number(counted.value(0, 0));
  const result = await connection.stream(sql);
  let next = settled(result.fetchChunk());
  for (;;) {
    const { chunk, error } = await next;
    if (error !== undefined) throw error;
    if (chunk === null || chunk.rowCount === 0) break;
    left -= chunk.rowCount;
    next = settled(result.fetchChunk());
    try {
      yield view(chunk);
    } finally {
      await next; // a caller who stops early must find the connection idle
    }
  }
  if (left === 0) return;
  signal?.throwIfAborted();
  await connection.run(`SELECT max(COLUMNS(*)) FROM (${sql})`); // fails as the stream did
  throw new Error(`the SQL engine ended a result ${left} rows early`);
}

interface Settled {
  readonly chunk: DuckDBDataChunk | null;
  readonly error?: Error;
}

/** A failure while the caller works is kept until the caller asks. */
async function settled(fetching: Promise<DuckDBDataChunk | null>): Promise<Settled> {
  try {
    return { chunk: await fetching };
  } catch (error) {
    return { chunk: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
