import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_RECORD_BYTES, newScan, RECORD } from '#segue/catalogue/record.js';
import { lineScanner } from '#segue/catalogue/scan-lines.js';
import { type RecordScanner, recordScanner } from '#segue/catalogue/scan-record.js';

/** Lines as catalogues have them, some of them long, and some with the signs that make a line no plain one. */
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom('a', ',', 'é', ';'), maxLength: 50 }) },
      {
        weight: 1,
        arbitrary: fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\0'), maxLength: 20 }),
      },
    ),
    { maxLength: 60 },
  )
  .map((lines) => lines.join('\n'));

/** What a scanner says of one record after the other. */
function scanned(scan: RecordScanner, bytes: Buffer, from: number, limit: number, last: boolean): object[] {
  const records: object[] = [];
  for (let at = from; at < limit; ) {
    const found = newScan();
    if (!scan(bytes, at, limit, last, found)) break;
    const { code, fields, end, next, lines } = found;
    records.push({ code, fields, end, next, lines });
    at = next;
  }
  return records;
}

const scanners = new Map([',', ';'].map((sign) => [sign, sign.charCodeAt(0)]));

it('says of every record what the scanner of one record says, also where the bytes end amid one', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(',', ';'), fc.nat(3000), fc.nat(20), (given, sign, cut, from) => {
      const bytes = Buffer.from(given);
      const limit = Math.min(bytes.length, cut);
      const lines = lineScanner(scanners.get(sign)!, 4096);
      lines.take(bytes, limit);
      const last = limit === bytes.length;
      const expected = scanned(recordScanner(scanners.get(sign)!), bytes, Math.min(from, limit), limit, last);
      expect(scanned(lines.scan, bytes, Math.min(from, limit), limit, last)).toEqual(expected);
      lines.release();
    }),
    { numRuns: 1000, seed: 1 },
  );
});

it('finds more lines than it has room for at once, and scans a text beyond its room record by record', () => {
  const bytes = Buffer.from('a,b\n'.repeat(10_000));
  const expected = scanned(recordScanner(0x2c), bytes, 0, bytes.length, true);
  expect(expected).toHaveLength(10_000);
  for (const room of [bytes.length, bytes.length - 1]) {
    const lines = lineScanner(0x2c, room);
    lines.take(bytes, bytes.length);
    expect(scanned(lines.scan, bytes, 0, bytes.length, true)).toEqual(expected);
    lines.release();
  }
});

it('takes no line for a row that is longer than a record may be', () => {
  for (const [length, code] of [
    [MAX_RECORD_BYTES, RECORD.tidy],
    [MAX_RECORD_BYTES + 1, RECORD.tooLong],
  ] as const) {
    const bytes = Buffer.from(`${'a'.repeat(length)}\n`);
    const lines = lineScanner(0x2c, bytes.length);
    lines.take(bytes, bytes.length);
    expect(scanned(lines.scan, bytes, 0, bytes.length, true)).toEqual([
      { code, fields: 1, end: length, next: length + 1, lines: 1 },
    ]);
    lines.release();
  }
});
