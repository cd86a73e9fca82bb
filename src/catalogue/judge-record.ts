import { isUtf8 } from 'node:buffer';
import type { TextLayout } from './read-records.js';
import { newScan, RECORD, type Scan } from './record.js';
import { breakOff, type RecordScanner } from './scan-record.js';

/** Settles what only the layout can tell: the number of fields and the encoding. */
export function judge(
  bytes: Buffer,
  start: number,
  limit: number,
  layout: TextLayout,
  scanner: RecordScanner,
  scan: Scan,
): void {
  const isWhole = scan.code <= RECORD.untidy || scan.code === RECORD.nulByte;
  if (isWhole && scan.fields !== layout.fields) {
    const strayQuote = scan.lines > 1 && holdsWholeRow(bytes, start, scan.end, layout, scanner);
    if (strayQuote) breakOff(bytes, start, limit, true, RECORD.openQuote, scan);
    else scan.code = RECORD.wrongFieldCount;
  }
  if (layout.badBytes && scan.code <= RECORD.untidy && !isUtf8(bytes.subarray(start, scan.end))) {
    scan.code = RECORD.notUtf8;
  }
}

/** Whether a later line of a record that spans several is a row by itself: then a stray quote joined them. */
function holdsWholeRow(
  bytes: Buffer,
  start: number,
  end: number,
  layout: TextLayout,
  scanner: RecordScanner,
): boolean {
  const scan = newScan();
  for (let at = bytes.indexOf(0x0a, start) + 1; at > 0 && at < end; at = bytes.indexOf(0x0a, at) + 1) {
    scanner(bytes, at, end, true, scan);
    const isRow = scan.code <= RECORD.untidy && scan.fields === layout.fields && scan.lines === 1;
    if (isRow) return true;
  }
  return false;
}
