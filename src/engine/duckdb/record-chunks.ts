import { type DuckDBDataChunk, DuckDBVarCharVector } from '@duckdb/node-api';
import { doublesOf } from './number-chunks.js';

/** A block of rows of a result whose columns are DOUBLE or VARCHAR. */
export interface RecordChunk {
  readonly rows: number;
  /** `rows` doubles per DOUBLE column, in their order: the engine's own memory, not a copy. */
  readonly numbers: readonly Float64Array[];
  /** `rows` texts per VARCHAR column, in their order; null for NULL. */
  readonly texts: readonly (readonly (string | null)[])[];
}

/** @throws TypeError for a column of another type, or a NULL in one of DOUBLE */
export function recordsOf(chunk: DuckDBDataChunk): RecordChunk {
  const rows = chunk.rowCount;
  const numbers: Float64Array[] = [];
  const texts: (string | null)[][] = [];
  for (let j = 0; j < chunk.columnCount; j += 1) {
    const vector = chunk.getColumnVector(j);
    if (vector instanceof DuckDBVarCharVector)
      texts.push(Array.from({ length: rows }, (_, i) => vector.getItem(i)));
    else numbers.push(doublesOf(vector, rows));
  }
  return { rows, numbers, texts };
}
