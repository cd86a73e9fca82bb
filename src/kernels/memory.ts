import { allocateMemory } from '../core/shared-memory.js';

/** Memories that wait for their next use. */
const MOST_SPARE = 2;

const spare: WebAssembly.Memory[] = [];

/**
 * A memory of at least so many bytes that may have been released before: what is in it means nothing. The garbage collector doesn't
 * count shared memory, and the system takes its time to hand out new pages.
 */
export function reuseMemory(bytes: number): WebAssembly.Memory {
  const enough = spare.filter(({ buffer }) => buffer.byteLength >= bytes);
  const least = enough.toSorted((a, b) => a.buffer.byteLength - b.buffer.byteLength)[0];
  if (least === undefined) return allocateMemory(bytes);
  spare.splice(spare.indexOf(least), 1);
  return least;
}

/** Gives a memory back. Nobody may use it any more. */
export function releaseMemory(memory: WebAssembly.Memory): void {
  spare.unshift(memory);
  spare.splice(MOST_SPARE);
}
