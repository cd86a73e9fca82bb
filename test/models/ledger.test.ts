import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LedgerDraft, type LedgerEntry, parseLedger, sealEntry } from '#segue/models/ledger.js';
import { appendToLedger, readLedger } from '#segue/models/ledger-file.js';
import { tempFolder } from '../core/temp.js';
import { NOON } from './home.js';

const VERSIONS = ['m-aaaaaaaaaaaa', 'm-bbbbbbbbbbbb', 'm-cccccccccccc'];

const draft = (event: LedgerDraft['event'], version: string): LedgerDraft => ({
  event,
  version,
  run: 'run-1',
  actor: 'José «el DJ» 🎧',
  reason: 'line\nbreak',
});

/** Registered, promoted, registered, promoted, …: one entry a minute. */
function entriesOf(count: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    const event = i % 2 === 0 ? 'registered' : 'promoted';
    const time = new Date(NOON + 60_000 * i);
    entries.push(sealEntry(draft(event, VERSIONS[Math.floor(i / 2) % 3]!), entries.at(-1), time));
  }
  return entries;
}

const bytesOf = (entries: readonly unknown[]): Buffer =>
  Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

const ENTRIES = entriesOf(6);
const BYTES = bytesOf(ENTRIES);

const noon = (): Date => new Date(NOON);

const append = (path: string, version: string): Promise<readonly LedgerEntry[]> =>
  appendToLedger(
    path,
    () => new Date(NOON),
    async () => [draft('registered', version)],
    {},
  );

/** What the message must say; only SEGUE_LEDGER_CORRUPT names a line. */
const corruptAt = (line: number): RegExp =>
  new RegExp(`ledger\\.jsonl, line ${line} .*Restore the ledger`, 's');

describe('an entry', () => {
  it('carries its number, time, what was in production before, and the hash of the one before', () => {
    expect(ENTRIES[3]).toMatchObject({
      seq: 4,
      time: '2026-11-01T12:03:00.000Z',
      event: 'promoted',
      version: VERSIONS[1],
      previous: VERSIONS[0],
      previous_hash: ENTRIES[2]!.hash,
    });
    expect(ENTRIES[0]).toMatchObject({ previous: null, previous_hash: null });
  });

  it('does not go back in time with the clock', () => {
    const last = ENTRIES.at(-1)!;
    expect(sealEntry(draft('registered', VERSIONS[0]!), last, new Date(NOON - 1)).time).toBe(last.time);
  });
});

describe('parseLedger', () => {
  it('reads what was written', () => {
    expect(parseLedger(BYTES, 'ledger.jsonl')).toEqual({
      entries: ENTRIES,
      wholeBytes: BYTES.length,
      torn: false,
    });
    expect(parseLedger(Buffer.alloc(0), 'ledger.jsonl')).toEqual({ entries: [], wholeBytes: 0, torn: false });
  });

  it('reads the whole lines of a ledger that is cut off anywhere', () => {
    const lengths: number[] = [];
    let wrong = 0;
    for (let length = 0; length <= BYTES.length; length += 1) {
      const { entries, wholeBytes, torn } = parseLedger(BYTES.subarray(0, length), 'ledger.jsonl');
      lengths[entries.length] = wholeBytes;
      wrong += torn === wholeBytes < length && entries.every(({ seq }, i) => seq === i + 1) ? 0 : 1;
    }
    expect(wrong).toBe(0);
    expect(lengths).toEqual(ENTRIES.map((_, i) => bytesOf(ENTRIES.slice(0, i)).length).concat(BYTES.length));
  });

  it('refuses a flipped bit in any line, naming the line', () => {
    const end = BYTES.length - 2; // without the last line break, the last line counts as torn
    fc.assert(
      fc.property(fc.nat(end), fc.nat(7), (at, bit) => {
        const flipped = Buffer.from(BYTES);
        flipped[at]! ^= 1 << bit;
        const line = BYTES.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
        expect(() => parseLedger(flipped, 'ledger.jsonl')).toThrowError(corruptAt(line));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a line that was taken out, put in, moved or written by hand', () => {
    const [first, second, third, ...rest] = ENTRIES as [
      LedgerEntry,
      LedgerEntry,
      LedgerEntry,
      ...LedgerEntry[],
    ];
    const forged = sealEntry(draft('promoted', VERSIONS[2]!), first, new Date(NOON));
    const cases: [line: number, entries: unknown[]][] = [
      [1, [second, third, ...rest]],
      [2, [first, third, ...rest]],
      [2, [first, third, second, ...rest]],
      [2, [first, first, second, third, ...rest]],
      [3, [first, forged, third, ...rest]],
      [2, [first, { event: 'promoted', version: VERSIONS[0] }]],
      [2, [first, null]],
    ];
    for (const [line, entries] of cases) {
      expect(() => parseLedger(bytesOf(entries), 'ledger.jsonl')).toThrowError(corruptAt(line));
    }
  });
});

describe('the ledger’s file', () => {
  it('is empty where there is none, and grows by whole lines', async () => {
    const path = join(await tempFolder(), 'home', 'ledger.jsonl');
    expect(await readLedger(path)).toEqual([]);
    const [first] = await append(path, VERSIONS[0]!);
    const before = await readFile(path);
    const [second] = await append(path, VERSIONS[1]!);
    expect((await readFile(path)).subarray(0, before.length)).toEqual(before);
    expect(await readLedger(path)).toEqual([first, second]);
  });

  it('is read in spite of a torn end, which the next writer cuts off', async () => {
    const path = join(await tempFolder(), 'ledger.jsonl');
    await writeFile(path, BYTES);
    await appendFile(path, '{"seq":7,"time":"2026-11');
    expect(await readLedger(path)).toEqual(ENTRIES);
    const added = await append(path, VERSIONS[0]!);
    expect(added).toMatchObject([{ seq: 7 }]);
    expect(await readFile(path)).toEqual(Buffer.concat([BYTES, bytesOf(added)]));
  });

  it('stays as it is when the decision fails or there is nothing to add', async () => {
    const path = join(await tempFolder(), 'ledger.jsonl');
    await writeFile(path, BYTES);
    await expect(appendToLedger(path, noon, () => Promise.reject(new Error('no')), {})).rejects.toThrow('no');
    expect(await appendToLedger(path, noon, async () => [], {})).toEqual([]);
    expect(await readFile(path)).toEqual(BYTES);
  });

  it('takes nothing more once it is corrupt', async () => {
    const path = join(await tempFolder(), 'ledger.jsonl');
    await writeFile(path, bytesOf([ENTRIES[0], ENTRIES[2]]));
    await expect(append(path, VERSIONS[0]!)).rejects.toThrowError(corruptAt(2));
  });
});
