import { MAX_RECORD_BYTES, RECORD, type Scan } from './record.js';

const DELIMITER = 1;
const LINE_FEED = 2;
const ODD = 4;

/** What each byte is to `scanPlainLine`. */
export function classifyBytes(delimiter: number): Uint8Array {
  const classes = new Uint8Array(256);
  classes[delimiter] = DELIMITER;
  classes[0x0a] = LINE_FEED;
  for (const byte of [0x00, 0x0d, 0x22]) classes[byte] = ODD;
  return classes;
}

/**
 * Scans what most records are: one line without quotes, ended by a line feed. The sum instead of a branch for delimiters, which no
 * processor foresees, makes it a third faster.
 *
 * @param classes of the bytes
 * @returns false for any other record, of which nothing is told
 */
export function scanPlainLine(
  bytes: Buffer,
  start: number,
  limit: number,
  classes: Uint8Array,
  scan: Scan,
): boolean {
  let fields = 1;
  for (let at = start; at < limit; at += 1) {
    const found = classes[bytes[at]!]!;
    fields += found & DELIMITER;
    if (found <= DELIMITER) continue;
    if (found === ODD) return false;
    scan.fields = fields;
    scan.lines = 1;
    scan.end = at;
    scan.next = at + 1;
    scan.code = at - start > MAX_RECORD_BYTES ? RECORD.tooLong : RECORD.tidy;
    return true;
  }
  return false;
}
