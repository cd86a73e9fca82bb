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
