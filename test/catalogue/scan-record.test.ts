import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFields, splitFields } from '#segue/catalogue/fields.js';
import { newScan, RECORD } from '#segue/catalogue/record.js';
import { recordScanner } from '#segue/catalogue/scan-record.js';

const COMMA = ','.charCodeAt(0);
const scanComma = recordScanner(COMMA);

/** Text with the characters that matter, in any order. */
const dirtyText = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '\r', ' ', 'é', '\0', '""', '","'),
  maxLength: 40,
});

function scanAll(text: string): { code: number; fields: number; end: number; next: number; lines: number }[] {
  const bytes = Buffer.from(text);
  const records = [];
  for (let at = 0; at < bytes.length; ) {
    const scan = newScan();
    expect(scanComma(bytes, at, bytes.length, true, scan)).toBe(true);
    expect(scan.next).toBeGreaterThan(at);
    const { code, fields, end, next, lines } = scan;
    records.push({ code, fields, end, next, lines });
    at = next;
  }
  return records;
}

describe('the scanner of records', () => {
  it.each([
    ['a,b\n', { code: RECORD.tidy, fields: 2, end: 3, next: 4, lines: 1 }],
    ['a,b\r\n', { code: RECORD.tidyWithReturn, fields: 2, end: 3, next: 5, lines: 1 }],
    ['"a\n,""b",c', { code: RECORD.tidy, fields: 2, end: 10, next: 10, lines: 2 }],
    ['a,\n', { code: RECORD.tidy, fields: 2, end: 2, next: 3, lines: 1 }],
    ['12" mix,b\n', { code: RECORD.untidy, fields: 2, end: 9, next: 10, lines: 1 }],
    ['"a" ,b\n', { code: RECORD.untidy, fields: 2, end: 6, next: 7, lines: 1 }],
    ['a\rb,c\n', { code: RECORD.untidy, fields: 2, end: 5, next: 6, lines: 1 }],
    ['"a"b,c\nd\n', { code: RECORD.textAfterQuote, fields: 1, end: 6, next: 7, lines: 1 }],
    ['"a,b\nc,d\n', { code: RECORD.openQuote, fields: 1, end: 4, next: 5, lines: 1 }],
    ['a\0b,c\n', { code: RECORD.nulByte, fields: 2, end: 5, next: 6, lines: 1 }],
  ])('reads %j', (text, expected) => {
    expect(scanAll(text)[0]).toEqual(expected);
  });

  it('covers any text without a gap, and every physical line once', () => {
    fc.assert(
      fc.property(dirtyText, (text) => {
        const records = scanAll(text);
        const lines = records.reduce((sum, record) => sum + record.lines, 0);
        const breaks = text.split('\n').length - 1;
        expect(lines).toBe(text.endsWith('\n') || text === '' ? breaks : breaks + 1);
      }),
    );
  });

  it('tells the same of a record however little of the text is at hand, or asks for more', () => {
    fc.assert(
      fc.property(dirtyText, fc.nat(60), (text, cut) => {
        const bytes = Buffer.from(text);
        const limit = Math.min(cut, bytes.length);
        const part = newScan();
        if (limit === 0 || !scanComma(bytes, 0, limit, false, part)) return;
        const whole = newScan();
        scanComma(bytes, 0, bytes.length, true, whole);
        expect(part).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});

describe('fields', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.array(dirtyText, { minLength: 2, maxLength: 5 }), (fields) => {
        const record = joinFields(fields, ',');
        expect(splitFields(record, ',')).toEqual(fields);
      }),
    );
  });

  it('are as many as the scanner counts', () => {
    fc.assert(
      fc.property(dirtyText, (text) => {
        let at = 0;
        for (const { code, fields, end, next } of scanAll(text)) {
          if (code <= RECORD.untidy) {
            expect(splitFields(Buffer.from(text).toString('utf8', at, end), ',')).toHaveLength(fields);
          }
          at = next;
        }
      }),
    );
  });
});
