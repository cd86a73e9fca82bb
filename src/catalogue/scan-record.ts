import { MAX_RECORD_BYTES, RECORD, type RecordCode, type Scan } from './record.js';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;

/**
 * Scans the record that starts at `start`. A quote opens a quoted field only as the field's first character; within it, two quotes stand
 * for one. A record with broken quotes is taken to be its first physical line alone: a stray quote costs one line.
 *
 * @param limit end of the bytes at hand
 * @param last whether the text ends at `limit`
 * @returns false if it takes more bytes to tell where the record ends
 */
export type RecordScanner = (
  bytes: Buffer,
  start: number,
  limit: number,
  last: boolean,
  scan: Scan,
) => boolean;

/** A scanner of text whose fields are parted by one byte. */
export function recordScanner(delimiter: number): RecordScanner {
  const stops = new Uint8Array(256);
  for (const byte of [delimiter, LINE_FEED, RETURN, QUOTE, 0]) stops[byte] = 1;

  return (bytes, start, limit, last, scan) => {
    const reach = Math.min(limit, start + MAX_RECORD_BYTES);
    let at = start;
    scan.fields = 1;
    scan.lines = 1;
    scan.untidy = false;
    scan.nul = false;
    for (;;) {
      if (at < limit && bytes[at] === QUOTE) {
        at = endOfQuoted(bytes, at + 1, reach, limit, last, scan);
        if (at < 0) {
          return (last || reach < limit) && breakOff(bytes, start, limit, last, RECORD.openQuote, scan);
        }
        while (at < limit && bytes[at] === SPACE) {
          scan.untidy = true;
          at += 1;
        }
        if (at < limit && bytes[at] !== delimiter && !endsLine(bytes, at, limit)) {
          return breakOff(bytes, start, limit, last, RECORD.textAfterQuote, scan);
        }
      } else {
        at = endOfUnquoted(bytes, at, limit, stops, scan);
      }
      if (at < limit && bytes[at] === delimiter) {
        scan.fields += 1;
        at += 1;
        continue;
      }
      if (at >= limit) return last && finish(start, at, at, RECORD.tidy, scan);
      if (bytes[at] === LINE_FEED) return finish(start, at, at + 1, RECORD.tidy, scan);
      if (at + 1 >= limit && !last) return false;
      return finish(start, at, Math.min(at + 2, limit), RECORD.tidyWithReturn, scan);
    }
  };
}

/** Index of the delimiter or line end that ends an unquoted field, or of the end of the bytes. */
function endOfUnquoted(bytes: Buffer, from: number, limit: number, stops: Uint8Array, scan: Scan): number {
  let at = from;
  for (;;) {
    while (at < limit && stops[bytes[at]!] === 0) at += 1;
    if (at >= limit) return at;
    const byte = bytes[at];
    if (byte === QUOTE) scan.untidy = true;
    else if (byte === 0) scan.nul = true;
    else if (byte === RETURN && !endsLine(bytes, at, limit)) scan.untidy = true;
    else return at;
    at += 1;
  }
}

/** Index behind the closing quote; -1 if there is none before `reach` or the bytes at hand can't tell. */
function endOfQuoted(
  bytes: Buffer,
  from: number,
  reach: number,
  limit: number,
  last: boolean,
  scan: Scan,
): number {
  let at = from;
  for (;;) {
    while (at < reach && bytes[at] !== QUOTE) {
      if (bytes[at] === LINE_FEED) scan.lines += 1;
      else if (bytes[at] === 0) scan.nul = true;
      at += 1;
    }
    if (at >= reach || (at + 1 >= limit && !last)) return -1;
    if (at + 1 >= limit || bytes[at + 1] !== QUOTE) return at + 1;
    at += 2;
  }
}

/** Whether the line ends here. A carriage return that is the last byte at hand counts as one. */
function endsLine(bytes: Buffer, at: number, limit: number): boolean {
  if (bytes[at] === LINE_FEED) return true;
  return bytes[at] === RETURN && (at + 1 >= limit || bytes[at + 1] === LINE_FEED);
}

function finish(start: number, end: number, next: number, code: RecordCode, scan: Scan): true {
  scan.end = end;
  scan.next = next;
  scan.code = code;
  if (scan.untidy) scan.code = RECORD.untidy;
  if (scan.nul) scan.code = RECORD.nulByte;
  if (end - start > MAX_RECORD_BYTES) scan.code = RECORD.tooLong;
  return true;
}

/** Takes the first physical line for a record that can't be read. */
export function breakOff(
  bytes: Buffer,
  start: number,
  limit: number,
  last: boolean,
  code: RecordCode,
  scan: Scan,
): boolean {
  const found = bytes.indexOf(LINE_FEED, start);
  const lineFeed = found >= 0 && found < limit ? found : -1;
  if (lineFeed < 0 && !last) return false;
  const end = lineFeed < 0 ? limit : lineFeed;
  scan.end = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
  scan.next = lineFeed < 0 ? limit : lineFeed + 1;
  scan.lines = 1;
  scan.code = code;
  return true;
}
