import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judge } from '#segue/catalogue/judge-record.js';
import { readRecords, type TextLayout } from '#segue/catalogue/read-records.js';
import { MAX_RECORD_BYTES, newScan, RECORD } from '#segue/catalogue/record.js';
import { recordScanner } from '#segue/catalogue/scan-record.js';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-records-'));
  path = join(folder, 'text.csv');
});

afterAll(() => rm(folder, { recursive: true }));

interface Found {
  readonly text: string;
  readonly line: number;
  readonly fields: number;
  readonly code: number;
}

/** Lines as catalogues have them, some empty, some with the signs and bytes that make a line no plain one. */
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
  .map((lines) => Buffer.from(`x,y\n${lines.join('\n')}`))
  .chain((bytes) => fc.tuple(fc.constant(bytes), fc.array(fc.nat(bytes.length - 1), { maxLength: 2 })))
  .map(([bytes, damaged]) => {
    for (const at of damaged) if (at > 4 && bytes[at] !== 0x0a) bytes[at] = 0xff;
    return bytes;
  });

/** What the scanner of one record says of one after the other. */
function oneByOne(bytes: Buffer, layout: TextLayout): Found[] {
  const scanner = recordScanner(layout.delimiter.charCodeAt(0));
  const scan = newScan();
  const found: Found[] = [];
  let line = 1;
  for (let at = 0; at < bytes.length; at = scan.next) {
    scanner(bytes, at, bytes.length, true, scan);
    if (at > 0 && scan.end > at) {
      judge(bytes, at, bytes.length, layout, scanner, scan);
      const { fields, code } = scan;
      found.push({ text: bytes.toString('latin1', at, scan.end), line, fields, code });
    }
    line += scan.lines;
  }
  return found;
}

async function read(bytes: Buffer, layout: TextLayout): Promise<Found[]> {
  await writeFile(path, bytes);
  const found: Found[] = [];
  for await (const batch of readRecords(path, layout)) {
    for (let i = 0; i < batch.count; i++) {
      found.push({
        text: batch.bytes.toString('latin1', batch.start[i], batch.end[i]),
        line: batch.line[i]!,
        fields: batch.fields[i]!,
        code: batch.code[i]!,
      });
    }
  }
  return found;
}

it('says of every record of a text what the scanner of one record says', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom(',', ';'),
      fc.nat(4),
      fc.boolean(),
      async (bytes, delimiter, fields, badBytes) => {
        const layout = { delimiter, fields, badBytes };
        expect(await read(bytes, layout)).toEqual(oneByOne(bytes, layout));
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

it('reads more records than a batch holds, over the borders of chunks', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) =>
    i % 1000 === 7 ? `"${i}",b` : `${i},${'é'.repeat(i % 97)}`,
  );
  const bytes = Buffer.from(`x,y\n${lines.join('\n')}\n`);
  const layout = { delimiter: ',', fields: 2, badBytes: false };
  expect(bytes.length).toBeGreaterThan(2 ** 24);
  expect(await read(bytes, layout)).toEqual(oneByOne(bytes, layout));
});

it('takes no line for a row that is longer than a record may be', async () => {
  const layout = { delimiter: ',', fields: 1, badBytes: false };
  const lines = [MAX_RECORD_BYTES, MAX_RECORD_BYTES + 1].map((length) => 'a'.repeat(length));
  const found = await read(Buffer.from(`x\n${lines.join('\n')}\n`), layout);
  expect(found.map(({ code }) => code)).toEqual([RECORD.tidy, RECORD.tooLong]);
});
