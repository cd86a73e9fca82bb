import { allocateMemory } from '../core/shared-memory.js';
import { type Address, instantiate, type Kernels } from './instance.js';
import type { RowTile } from './row-source.js';
import { PART } from './sizes.js';

/** Memory that one thread has to itself from job to job; what a job finds in it is anything. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

let last: Arena | undefined;

/** This thread's arena, of so many bytes at least. */
export function openArena(bytes: number): Arena {
  if (last !== undefined && last.memory.buffer.byteLength >= bytes) return last;
  const memory = allocateMemory(bytes);
  last = { memory, kernels: instantiate(memory) };
  return last;
}

/** Lays areas of so many bytes one behind the other. Address 0 stands for none. */
export function layOut<K extends string>(
  sizes: Readonly<Record<K, number>>,
  first = 64,
): { readonly at: Readonly<Record<K, Address>>; readonly end: Address } {
  let end = first;
  const at = {} as Record<K, Address>;
  for (const name of Object.keys(sizes) as K[]) {
    at[name] = end;
    end = Math.ceil((end + sizes[name]) / 64) * 64;
  }
  return { at, end };
}

/** Bytes from a column of a part to the next. */
export const PART_STRIDE = 8 * PART;

/** Areas for up to PART rows that are read from a source. */
export function partSizes(features: number): { columns: number; labels: number } {
  return { columns: PART_STRIDE * features, labels: 4 * PART };
}

/** Those areas, as a source fills them. */
export function partTile(
  { buffer }: WebAssembly.Memory,
  at: Readonly<Record<'columns' | 'labels', Address>>,
  features: number,
): RowTile {
  return {
    columns: Array.from(
      { length: features },
      (_, j) => new Float64Array(buffer, at.columns + PART_STRIDE * j, PART),
    ),
    labels: new Int32Array(buffer, at.labels, PART),
  };
}
