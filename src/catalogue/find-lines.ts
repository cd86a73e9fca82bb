import { isUtf8 } from 'node:buffer';
import { allocateMemory } from '../core/shared-memory.js';
import { layOut } from '../kernels/arena.js';
import { instantiate, type Kernels } from '../kernels/instance.js';
import type { TextLayout } from './read-records.js';
import { MAX_RECORD_BYTES, RECORD, type RecordCode } from './record.js';

/** Lines that are found at once. */
const MOST_LINES = 4096;
/** Bytes that the kernel may read beyond a text. */
const BEYOND = 16;

/** Finds plain lines of a text, which most records are: without quotes, carriage returns and NULs, ended by a line feed. */
export interface LineFinder {
  /** Tells it of the bytes, up to the limit, that it is asked about from now on. */
  take(bytes: Buffer, limit: number): void;
  /**
   * Finds the plain lines from `start` on, up to the first other one.
   *
   * @returns how many there are, `most` or some thousands at most
   */
  find(start: number, most: number): number;
  /** Where each of them ends, and its fields. */
  readonly ends: Int32Array;
  readonly fields: Int32Array;
  /** It is of no more use to this text. */
  release(): void;
}

/** Memory of one finder. */
interface Workplace {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

let spare: Workplace | undefined;

/** @param room bytes of the text that it looks at together; in a larger stretch it finds nothing */
export function lineFinder(delimiter: number, room: number): LineFinder {
  const { at, end } = layOut({ text: room + BEYOND, ends: 4 * MOST_LINES, fields: 4 * MOST_LINES });
  const place = takePlace(end);
  const { buffer } = place.memory;
  const text = new Uint8Array(buffer, at.text, room);
  const ends = new Int32Array(buffer, at.ends, MOST_LINES);
  const fields = new Int32Array(buffer, at.fields, MOST_LINES);
  let held = 0;
  return {
    ends,
    fields,
    take(bytes, limit) {
      held = limit <= room ? limit : 0;
      text.set(bytes.subarray(0, held));
    },
    find: (start, most) =>
      place.kernels.plainLines(
        at.text,
        start,
        held,
        delimiter,
        at.ends,
        at.fields,
        Math.min(most, MOST_LINES),
      ),
    release() {
      spare = place;
    },
  };
}

/** What a plain line is that isn't empty. */
export function codeOfLine(
  bytes: Buffer,
  start: number,
  end: number,
  fields: number,
  layout: TextLayout,
): RecordCode {
  if (end - start > MAX_RECORD_BYTES) return RECORD.tooLong;
  if (fields !== layout.fields) return RECORD.wrongFieldCount;
  return layout.badBytes && !isUtf8(bytes.subarray(start, end)) ? RECORD.notUtf8 : RECORD.tidy;
}

function takePlace(bytes: number): Workplace {
  const kept = spare;
  spare = undefined;
  if (kept !== undefined && kept.memory.buffer.byteLength >= bytes) return kept;
  const memory = allocateMemory(bytes);
  return { memory, kernels: instantiate(memory) };
}
