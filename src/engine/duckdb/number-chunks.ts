import { type DuckDBDataChunk, DuckDBDoubleVector, type DuckDBVector } from '@duckdb/node-api';
import type { NumberChunk } from '../sql-engine.js';

/** @throws TypeError for a NULL or a column that isn't DOUBLE */
export function numbersOf(chunk: DuckDBDataChunk): NumberChunk {
  const rows = chunk.rowCount;
  const columns = Array.from({ length: chunk.columnCount }, (_, j) =>
    doublesOf(chunk.getColumnVector(j), rows),
  );
  return { rows, columns };
}

/** @throws TypeError for a NULL or a vector that isn't of DOUBLE */
export function doublesOf(vector: DuckDBVector, rows: number): Float64Array {
  if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError(`not doubles: ${vector.type.toString()}`);
  const { items, validity } = vector as unknown as DoubleVectorMemory;
  if (hasNull(validity.data, rows)) throw new TypeError('not a number: null');
  return items;
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
