import { splitFields } from './fields.js';
import type { RecordBatch } from './read-records.js';
import { RECORD } from './record.js';

const UNDERSCORE = 0x5f;

/**
 * Whether a row has digits joined by an underscore (`1_000`) in one of some columns: SQL takes them for a number, and no file means one.
 * Most texts have no such digits anywhere, which a search of their bytes tells fast.
 *
 * @param columns their places in a row
 */
export function hasJoinedDigits(batch: RecordBatch, delimiter: string, columns: readonly number[]): boolean {
  const { bytes, count, start, end, code } = batch;
  if (count === 0) return false;
  const text = bytes.subarray(0, end[count - 1]);
  let i = 0;
  for (let at = text.indexOf(UNDERSCORE, start[0]); at >= 0; at = text.indexOf(UNDERSCORE, at + 1)) {
    if (!isDigit(text[at - 1]) || !isDigit(text[at + 1])) continue;
    while (end[i]! <= at) i += 1;
    if (code[i]! > RECORD.untidy || start[i]! > at) continue;
    const fields = splitFields(text.toString('utf8', start[i], end[i]), delimiter);
    if (columns.some((column) => fields[column]?.includes('_') === true)) return true;
    at = end[i]!;
  }
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
