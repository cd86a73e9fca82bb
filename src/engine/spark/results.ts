import { type Data, type RecordBatch, tableFromIPC } from 'apache-arrow';
import type { NumberChunk } from '../sql-engine.js';
import { readerOf, type SparkValue } from './arrow-values.js';
import type { ExecutePlanResponse, ExecutePlanResponse_ArrowBatch } from './proto/spark/connect/base_pb.js';

export type SparkRow = Readonly<Record<string, SparkValue>>;

/**
 * The batches of an execution, in the order of the rows.
 *
 * @throws Error if rows are missing, by what the server says of each batch
 */
export async function* batchesOf(
  responses: AsyncIterable<ExecutePlanResponse>,
): AsyncGenerator<RecordBatch, void, undefined> {
  let rows = 0;
  for await (const { responseType } of responses) {
    if (responseType.case !== 'arrowBatch') continue;
    const { value } = responseType;
    requireNext(value, rows);
    for (const batch of tableFromIPC(value.data).batches) {
      rows += batch.numRows;
      if (batch.numRows > 0) yield batch;
    }
    const end = Number(value.startOffset ?? rows - Number(value.rowCount)) + Number(value.rowCount);
    if (end !== rows)
      throw new Error(`a batch of a result holds other rows than the ${value.rowCount} it should`);
  }
}

function requireNext({ startOffset }: ExecutePlanResponse_ArrowBatch, rows: number): void {
  if (startOffset === undefined || startOffset === BigInt(rows)) return;
  throw new Error(`a result goes on at row ${startOffset} after ${rows} rows`);
}

export function rowsOf(batch: RecordBatch): SparkRow[] {
  const fields = batch.schema.fields.map(
    ({ name }, j) => [name, readerOf(batch.data.children[j] as Data)] as const,
  );
  return Array.from({ length: batch.numRows }, (_, i) =>
    Object.fromEntries(fields.map(([name, read]) => [name, read(i)])),
  );
}

/** @throws TypeError for a NULL or a column that isn't DOUBLE */
export function numbersIn({ schema, data, numRows }: RecordBatch): NumberChunk {
  const columns = schema.fields.map(({ name, type }, j) => {
    const column = data.children[j] as Data;
    const values: unknown = column.values;
    if (!(values instanceof Float64Array)) throw new TypeError(`not doubles: ${name} is ${String(type)}`);
    if (column.nullCount > 0) throw new TypeError(`not a number: null in ${name}`);
    return values.subarray(0, numRows);
  });
  return { rows: numRows, columns };
}
