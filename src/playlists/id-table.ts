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

/**
 * Ids that are looked up together. A table of a million ids is far larger than the caches: one look-up waits for memory three times over,
 * while those of a group wait side by side.
 */
const GROUP = 64;

/** What is known of the ids of a group. */
const group = {
  /** UTF-8 of all, one behind the other: id i is `bytes[ends[i] .. ends[i + 1]]`. No bytes: no track can have it. */
  bytes: Buffer.alloc(GROUP * 3 * MAX_ID),
  ends: new Uint32Array(GROUP + 1),
  /** The slot where the search begins, and what it holds. */
  slot: new Uint32Array(GROUP),
  held: new Uint32Array(GROUP),
  /** 1 where the first byte of that row's id is the right one. */
  begins: new Uint8Array(GROUP),
};

/** Row of the track with each of the ids; -1 where there is none. */
export function rowsOfIds(slots: Uint32Array, ids: Texts, wanted: readonly string[]): Int32Array {
  const rows = new Int32Array(wanted.length);
  for (let from = 0; from < wanted.length; from += GROUP) {
    const count = Math.min(GROUP, wanted.length - from);
    for (let i = 0; i < count; i += 1) hashIn(i, wanted[from + i]!, slots.length - 1);
    for (let i = 0; i < count; i += 1) group.held[i] = slots[group.slot[i]!]!;
    for (let i = 0; i < count; i += 1) group.begins[i] = beginsAlike(ids, i) ? 1 : 0;
    for (let i = 0; i < count; i += 1) rows[from + i] = find(slots, ids, i);
  }
  return rows;
}

function hashIn(i: number, id: string, mask: number): void {
  const { bytes, ends, slot } = group;
  const start = ends[i]!;
  const written = id.length > MAX_ID ? 0 : bytes.write(id, start, 'utf8');
  const isExact = written === id.length || toUSVString(id) === id; // half a character would be written as another one
  ends[i + 1] = isExact ? start + written : start;
  slot[i] = hash32(bytes, start, ends[i + 1]!) & mask;
}

function beginsAlike(ids: Texts, i: number): boolean {
  const held = group.held[i]!;
  return held !== 0 && ids.bytes[ids.ends[held - 1]!] === group.bytes[group.ends[i]!];
}

function find(slots: Uint32Array, ids: Texts, i: number): number {
  if (group.ends[i] === group.ends[i + 1]) return -1;
  let slot = group.slot[i]!;
  let row = group.held[i]! - 1;
  if (group.begins[i] === 1 && isAt(ids, row, i)) return row;
  while (row >= 0) {
    slot = (slot + 1) & (slots.length - 1);
    row = slots[slot]! - 1;
    if (row >= 0 && isAt(ids, row, i)) return row;
  }
  return -1;
}

function isAt({ ends, bytes }: Texts, row: number, i: number): boolean {
  const from = ends[row]!;
  const start = group.ends[i]!;
  const length = group.ends[i + 1]! - start;
  if (ends[row + 1]! - from !== length) return false;
  for (let at = 0; at < length; at += 1) if (bytes[from + at] !== group.bytes[start + at]) return false;
  return true;
}
