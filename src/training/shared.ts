import type { Columns } from '../core/columns.js';
import { packedWidth } from './kernels/packed.js';

/** Rows per block of work. It fixes how sums are grouped: another value changes the last digits of every result. */
export const BLOCK_ROWS = 8192;

/**
 * Zeros in memory that threads share. The garbage collector of Node does not count shared memory, so a loop must use the same arrays
 * again instead of making new ones as long as its data.
 */
export function sharedFloats(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Zeros in memory that threads share (see `sharedFloats`). */
export function sharedInts(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** Points (k × d) as packed rows (kernels/packed.ts). Small: each thread gets a copy. */
export function packPoints(points: readonly (readonly number[])[]): Float64Array {
  const width = packedWidth(points[0]?.length ?? 0);
  const packed = new Float64Array(points.length * width);
  points.forEach((point, c) => packed.set(point, c * width));
  return packed;
}

/** Packed rows as points of `features` numbers. */
export function unpackPoints(packed: Float64Array, features: number): number[][] {
  const width = packedWidth(features);
  return Array.from({ length: packed.length / width }, (_, c) =>
    Array.from(packed.subarray(c * width, c * width + features)),
  );
}

/** Rows of columns as points. */
export function pointsAt(columns: Columns, rows: readonly number[]): number[][] {
  return rows.map((row) => columns.data.map((column) => column[row]!));
}

/** Adds up what each block left: `parts` is blocks × length, the blocks are added in their order. */
export function addBlocks(parts: Float64Array | Int32Array, length: number): Float64Array {
  const total = new Float64Array(length);
  for (let at = 0; at < parts.length; at += length) {
    for (let i = 0; i < length; i++) total[i]! += parts[at + i]!;
  }
  return total;
}

/** Blocks that `rows` rows make. */
export function rowBlocks(rows: number): number {
  return Math.ceil(rows / BLOCK_ROWS);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
