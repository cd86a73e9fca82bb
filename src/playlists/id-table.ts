import { toUSVString } from 'node:util';
import { hash32 } from './hash32.js';
import { MAX_ID } from './layout.js';
import type { Texts } from './texts.js';

/**
 * Finds a track's row by its id: open addressing with linear probing in an array that is at most half full. A slot holds row + 1, or 0.
 */
export function idTable(ids: Texts): Uint32Array {
  const count = ids.ends.length - 1;
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2 * count, 2))));
  const mask = slots.length - 1;
  for (let row = 0; row < count; row += 1) {
    let slot = hash32(ids.bytes, ids.ends[row]!, ids.ends[row + 1]!) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = row + 1;
  }
  return slots;
}

/** UTF-8 of the id that is looked up. */
const wanted = Buffer.alloc(3 * MAX_ID);

/** Row of the track with that id; -1 where there is none. */
export function rowOfId(slots: Uint32Array, ids: Texts, id: string): number {
  if (id === '' || id.length > MAX_ID) return -1;
  const length = wanted.write(id, 0, 'utf8');
  if (length !== id.length && toUSVString(id) !== id) return -1; // half a character would be written as another one
  const mask = slots.length - 1;
  let slot = hash32(wanted, 0, length) & mask;
  for (;;) {
    const row = slots[slot]! - 1;
    if (row < 0) return -1;
    if (isAt(ids, row, length)) return row;
    slot = (slot + 1) & mask;
  }
}

function isAt({ ends, bytes }: Texts, row: number, length: number): boolean {
  const from = ends[row]!;
  if (ends[row + 1]! - from !== length) return false;
  for (let i = 0; i < length; i += 1) if (bytes[from + i] !== wanted[i]) return false;
  return true;
}
