import { layOut } from '../kernels/arena.js';
import { instantiate, type Kernels } from '../kernels/instance.js';
import { allocateMemory } from '../kernels/memory.js';
import { MAX_RECORD_BYTES, RECORD } from './record.js';
import { type RecordScanner, recordScanner } from './scan-record.js';

/** Lines that are found at once. */
const MOST_LINES = 4096;
/** Bytes that the kernel may read beyond a text. */
const BEYOND = 16;

/** A scanner that finds plain lines, which most records are, many at once. */
export interface LineScanner {
  /** Tells it of the bytes, up to the limit, that it is asked about from now on. */
  take(bytes: Buffer, limit: number): void;
  readonly scan: RecordScanner;
  /** It is of no more use to this text. */
  release(): void;
}

/** Memory of one scanner. */
interface Workplace {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

let spare: Workplace | undefined;

/**
 * The same of every record as `recordScanner`, in a fifth of the time.
 *
 * @param room bytes of the text that it looks at together; of a larger stretch each record is scanned by itself
 */
export function lineScanner(delimiter: number, room: number): LineScanner {
  const scanRecord = recordScanner(delimiter);
  const { at, end } = layOut({ text: room + BEYOND, ends: 4 * MOST_LINES, fields: 4 * MOST_LINES });
  const place = takePlace(end);
  const { buffer } = place.memory;
  const text = new Uint8Array(buffer, at.text, room);
  const ends = new Int32Array(buffer, at.ends, MOST_LINES);
  const fields = new Int32Array(buffer, at.fields, MOST_LINES);
  let held = 0;
  let count = 0;
  let line = 0;
  let next = -1; // where the line begins that was found last but not asked for

  return {
    take(bytes, limit) {
      held = limit <= room ? limit : 0;
      text.set(bytes.subarray(0, held));
      next = -1;
    },
    scan(bytes, start, limit, last, scan) {
      if (limit !== held) return scanRecord(bytes, start, limit, last, scan);
      if (start !== next || line === count) {
        const [from, to] = [at.text + start, at.text + limit];
        count = place.kernels.plainLines(from, to, delimiter, at.ends, at.fields, MOST_LINES);
        line = 0;
        if (count === 0) return scanRecord(bytes, start, limit, last, scan);
      }
      scan.end = ends[line]! - at.text;
      scan.fields = fields[line]!;
      scan.next = scan.end + 1;
      scan.lines = 1;
      scan.code = scan.end - start > MAX_RECORD_BYTES ? RECORD.tooLong : RECORD.tidy;
      next = scan.next;
      line += 1;
      return true;
    },
    release() {
      spare = place;
    },
  };
}

function takePlace(bytes: number): Workplace {
  const kept = spare;
  spare = undefined;
  if (kept !== undefined && kept.memory.buffer.byteLength >= bytes) return kept;
  const memory = allocateMemory(bytes);
  return { memory, kernels: instantiate(memory) };
}
