import { MAX_RECORD_BYTES, RECORD, type Scan } from './record.js';

const LINE_FEED = 0x0a;

/**
 * Scans what most records are: one line without quotes, ended by a line feed.
 *
 * @param stops 1 for each byte that may end a field or a record, or make it another kind
 * @param highest no byte above it is one of them
 * @returns false for any other record, of which nothing is told
 */
export function scanPlainLine(
  bytes: Buffer,
  start: number,
  limit: number,
  delimiter: number,
  stops: Uint8Array,
  highest: number,
  scan: Scan,
): boolean {
  let fields = 1;
  for (let at = start; at < limit; at += 1) {
    const byte = bytes[at]!;
    if (byte > highest || stops[byte] === 0) continue;
    if (byte === delimiter) {
      fields += 1;
      continue;
    }
    if (byte !== LINE_FEED) return false;
    scan.fields = fields;
    scan.lines = 1;
    scan.end = at;
    scan.next = at + 1;
    scan.code = at - start > MAX_RECORD_BYTES ? RECORD.tooLong : RECORD.tidy;
    return true;
  }
  return false;
}
