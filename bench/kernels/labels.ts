import { readFileSync, writeFileSync } from 'node:fs';

/** Labels as a file of int32. */
export function readLabels(file: string): Int32Array {
  const bytes = readFileSync(file);
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
}

export function writeLabels(file: string, labels: ArrayLike<number>): void {
  writeFileSync(file, new Uint8Array(Int32Array.from(labels).buffer));
}
