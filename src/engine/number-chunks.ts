import { type DuckDBConnection, type DuckDBDataChunk, DuckDBDoubleVector } from '@duckdb/node-api';

/** A block of rows of a result whose columns are all DOUBLE. */
export interface NumberChunk {
  readonly rows: number;
  /** `rows` doubles per column: the engine's own memory, not a copy. */
  readonly columns: readonly Float64Array[];
}

/**
 * Streams a result block by block, in the order of its rows. The next block is asked for before the present one is handed out, so that
 * the engine decodes while the caller works.
 *
 * The engine ends a stream in which it failed just as it ends a whole one: so the rows are counted before.
 *
 * @throws TypeError for a NULL or a column that isn't DOUBLE
 */
export async function* numberChunks(
  connection: DuckDBConnection,
  sql: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<NumberChunk, void, undefined> {
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
      yield numbersOf(chunk);
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

function numbersOf(chunk: DuckDBDataChunk): NumberChunk {
  const rows = chunk.rowCount;
  const columns = Array.from({ length: chunk.columnCount }, (_, j) => {
    const vector = chunk.getColumnVector(j);
    if (!(vector instanceof DuckDBDoubleVector))
      throw new TypeError(`not doubles: ${vector.type.toString()}`);
    const { items, validity } = vector as unknown as DoubleVectorMemory;
    if (hasNull(validity.data, rows)) throw new TypeError('not a number: null');
    return items;
  });
  return { rows, columns };
}

/** What the package's declarations call private; its public way, value by value, takes several times as long. */
interface DoubleVectorMemory {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null };
}

/** One bit per row, set where there is a value; no bits at all where every row has one. */
function hasNull(bits: BigUint64Array | null, rows: number): boolean {
  if (bits === null) return false;
  for (let word = 0, left = rows; left > 0; word += 1, left -= 64) {
    const all = BigInt.asUintN(Math.min(left, 64), -1n);
    if ((bits[word]! & all) !== all) return true;
  }
  return false;
}
