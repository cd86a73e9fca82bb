import { createHash } from 'node:crypto';
import {
  INDEX_FORMAT,
  type IndexHead,
  type IndexSubject,
  SECTION_NAMES,
  SECTIONS,
  type SectionName,
  type Sections,
} from './layout.js';

/**
 * The file: 8 bytes `SEGUETRK`, 8 bytes for the length of the head, the head as JSON, the sections as they lie in memory
 * (little-endian, each at a multiple of 64 bytes), and the SHA-256 of all before it.
 */
const MAGIC = Buffer.from('SEGUETRK', 'latin1');
const HEAD_AT = 16;
const ALIGNMENT = 64;
const HASH_BYTES = 32;
/** Room for the head, so that it can be written before the places are known. */
const HEAD_ROOM = 256;

export function writeIndex(subject: IndexSubject, sections: Sections): Buffer {
  const draft = headOf(subject, sections, 0);
  const first = aligned(HEAD_AT + JSON.stringify(draft).length + HEAD_ROOM + SECTION_NAMES.length * HEAD_AT);
  const head = headOf(subject, sections, first);
  const last = head.sections[SECTION_NAMES.at(-1)!];
  const end = aligned(last.offset + last.length);
  const file = Buffer.alloc(end + HASH_BYTES);
  const text = Buffer.from(JSON.stringify(head), 'utf8');
  MAGIC.copy(file);
  file.writeUInt32LE(text.length, MAGIC.length);
  text.copy(file, HEAD_AT);
  for (const name of SECTION_NAMES) {
    const { buffer, byteOffset, byteLength } = sections[name];
    file.set(new Uint8Array(buffer, byteOffset, byteLength), head.sections[name].offset);
  }
  createHash('sha256').update(file.subarray(0, end)).digest().copy(file, end);
  return file;
}

/** What a file must be of. */
export interface Wanted {
  readonly version: string;
  readonly limit: number;
}

/**
 * Checks the bytes of a file, every one of them.
 *
 * @returns why it can't be used; undefined for a sound index of that version and limit
 */
export function faultOf(file: Uint8Array<SharedArrayBuffer>, { version, limit }: Wanted): string | undefined {
  const end = file.length - HASH_BYTES;
  if (end < HEAD_AT || !MAGIC.equals(file.subarray(0, MAGIC.length))) return 'it is no track index';
  if (!createHash('sha256').update(file.subarray(0, end)).digest().equals(file.subarray(end)))
    return 'its checksum does not fit';
  const head = headIn(file.buffer);
  if (head.format !== INDEX_FORMAT) return `its format is ${String(head.format)}`;
  if (head.model_version !== version) return `it belongs to ${head.model_version}`;
  return head.limit === limit ? undefined : `it was made for at most ${head.limit} tracks`;
}

/** The head of a file that has been checked. */
export function headIn(memory: SharedArrayBuffer): IndexHead {
  const length = Buffer.from(memory, MAGIC.length, 4).readUInt32LE();
  return JSON.parse(Buffer.from(memory, HEAD_AT, length).toString('utf8')) as IndexHead;
}

/** The sections of a file that has been checked: views, not copies. */
export function sectionsIn(memory: SharedArrayBuffer, head: IndexHead): Sections {
  const views = SECTION_NAMES.map((name) => {
    const { offset, length } = head.sections[name];
    const kind: View = SECTIONS[name];
    return [name, new kind(memory, offset, length / kind.BYTES_PER_ELEMENT)];
  });
  return Object.fromEntries(views) as Sections;
}

interface View {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: ArrayBufferLike, offset: number, length: number): Float64Array | Uint32Array | Uint8Array;
}

function headOf(subject: IndexSubject, sections: Sections, first: number): IndexHead {
  let offset = first;
  const places = SECTION_NAMES.map((name) => {
    const place = { offset, length: sections[name].byteLength };
    offset = aligned(offset + place.length);
    return [name, place] as const;
  });
  return {
    format: INDEX_FORMAT,
    ...subject,
    sections: Object.fromEntries(places) as Record<SectionName, { offset: number; length: number }>,
  };
}

function aligned(bytes: number): number {
  return ALIGNMENT * Math.ceil(bytes / ALIGNMENT);
}
