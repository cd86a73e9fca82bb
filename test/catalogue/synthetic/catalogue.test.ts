import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticCatalogue, TRACKS_PER_CHUNK } from '#segue/catalogue/synthetic/catalogue.js';
import { CLEAN, DIRT_KINDS, type DirtRates } from '#segue/catalogue/synthetic/dirt.js';
import type { SyntheticOptions } from '#segue/catalogue/synthetic/options.js';
import { MAX_ROW_BYTES } from '#segue/catalogue/synthetic/rows.js';
import { sha256 } from '#segue/core/hash.js';
import { collect, readCsv } from './read-csv.js';

const HEADER =
  ',artist_name,track_name,track_id,popularity,year,genre,danceability,energy,key,loudness,mode,speechiness,' +
  'acousticness,instrumentalness,liveness,valence,tempo,duration_ms,time_signature';
const ARTIST = 1;
const TITLE = 2;
const ID = 3;
const TEMPO = 17;
const SILENT = [7, 12, 16, 19];

const whole = (row: string[]): boolean => !row.includes('');

/** Counts what the file holds from the text alone: T1's rules in their order, and each quirk. */
function recount({ tracks, seed, dirt }: SyntheticOptions): unknown {
  const text = collect({ tracks, seed, dirt }).csv.toString('utf8');
  const rows = readCsv(text).slice(1);
  const kept = new Set<string>();
  const rejected = { null_value: 0, tempo_out_of_range: 0, duplicate_track_id: 0 };
  const count = (holds: (row: string[]) => boolean): number => rows.filter(holds).length;
  for (const row of rows) {
    const tempo = Number(row[TEMPO]);
    if (!whole(row)) rejected.null_value += 1;
    else if (!(tempo >= 40 && tempo <= 250)) rejected.tempo_out_of_range += 1;
    else if (kept.has(row[ID]!)) rejected.duplicate_track_id += 1;
    else kept.add(row[ID]!);
  }
  return {
    tracks: rows.length,
    injected: {
      null: rejected.null_value,
      tempo_zero: count(
        (row) => whole(row) && Number(row[TEMPO]) === 0 && SILENT.every((i) => Number(row[i]) === 0),
      ),
      tempo_300: count((row) => row[TEMPO] === '300.0'),
      repeated_id: rejected.duplicate_track_id,
      comma: count((row) => row[TITLE]!.includes(',')),
      quote: count((row) => row[TITLE]!.includes('"')),
      line_break: count((row) => row[TITLE]!.includes('\n')),
      non_ascii: count((row) => /[^\p{ASCII}]/u.test(row[TITLE]!)),
      scientific: count((row) => row.some((cell, i) => i > TITLE && /^\d(\.\d+)?e-0\d$/.test(cell))),
    },
    expected: { read: rows.length, kept: kept.size, rejected },
  };
}

describe('synthetic catalogue', () => {
  it('gives the same bytes for the same options, on every machine', () => {
    const { csv } = collect({ tracks: 1000, seed: 1 });
    expect(collect({ tracks: 1000, seed: 1 }).csv.equals(csv)).toBe(true);
    expect(sha256(csv)).toBe('ccbfdb3d9a596e425119e056fb8e246cff746f8b4e1c59bbca9d962fefaeb270');
    expect(collect({ tracks: 1000, seed: 2 }).csv.equals(csv)).toBe(false);
  });

  it('begins a longer catalogue with the rows of a shorter one', () => {
    const dirt = { null: 0.1, repeated_id: 0.3 };
    const long = collect({ tracks: 3000, seed: 9, dirt }).csv;
    for (const tracks of [1, TRACKS_PER_CHUNK, 1500]) {
      const short = collect({ tracks, seed: 9, dirt }).csv;
      expect(long.subarray(0, short.length).equals(short)).toBe(true);
    }
  });

  it("has Kaggle's columns, and as many fields in each row", () => {
    const { csv } = collect({ tracks: 2000, seed: 3 });
    const [header, ...rows] = readCsv(csv.toString('utf8'));
    expect(header!.join(',')).toBe(HEADER);
    expect(rows.every((row) => row.length === 20)).toBe(true);
    expect(rows.map((row) => row[0])).toEqual(Array.from({ length: 2000 }, (_, i) => String(i)));
  });

  it('streams: chunks of so many rows, each row within its bound', () => {
    const dirt: Partial<DirtRates> = { comma: 1, quote: 1, line_break: 1, non_ascii: 1 };
    const { chunks } = collect({ tracks: 2 * TRACKS_PER_CHUNK + 1, seed: 4, dirt });
    const rows = chunks.map((chunk) => readCsv(Buffer.from(chunk).toString('utf8')).length);
    expect(rows).toEqual([TRACKS_PER_CHUNK + 1, TRACKS_PER_CHUNK, 1]);
    const longest = Math.max(
      ...chunks.slice(1).map((chunk) => chunk.length / (chunk.length > 1000 ? TRACKS_PER_CHUNK : 1)),
    );
    expect(longest).toBeLessThan(MAX_ROW_BYTES / 2);
  });

  it('hands out chunks that later ones do not overwrite', () => {
    const catalogue = syntheticCatalogue({ tracks: 2 * TRACKS_PER_CHUNK, seed: 4 });
    const first = catalogue.next().value as Uint8Array;
    const copy = first.slice();
    catalogue.next();
    expect(first).toEqual(copy);
  });

  it('writes track ids that differ unless they are repeated on purpose', () => {
    const rows = readCsv(collect({ tracks: 50_000, seed: 5, dirt: CLEAN }).csv.toString('utf8')).slice(1);
    const ids = rows.map((row) => row[ID]!);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-7][0-9A-Za-z]{21}$/.test(id))).toBe(true);
  });

  it('gives few artists many tracks', () => {
    const rows = readCsv(collect({ tracks: 5000, seed: 6, dirt: CLEAN }).csv.toString('utf8')).slice(1);
    const tracks = new Map<string, number>();
    for (const row of rows) tracks.set(row[ARTIST]!, (tracks.get(row[ARTIST]!) ?? 0) + 1);
    expect(tracks.size).toBeGreaterThan(4000); // 4,245 in a real sample of this size
    expect(tracks.size).toBeLessThan(4600);
    expect(Math.max(...tracks.values())).toBeGreaterThanOrEqual(5);
  });
});

describe('counts of a synthetic catalogue', () => {
  it.each<[string, Partial<DirtRates> | undefined]>([
    ['the default rates', undefined],
    ['no dirt', CLEAN],
    [
      'much of each',
      { null: 0.2, tempo_zero: 0.1, tempo_300: 0.1, repeated_id: 0.4, comma: 0.5, quote: 0.5 },
    ],
    ['quirks in every name', { comma: 1, quote: 1, line_break: 1, non_ascii: 1, null: 0.3 }],
    ['plain decimals', { scientific: 0 }],
  ])('are those of an independent count: %s', (_, dirt) => {
    const options = { tracks: 20_000, seed: 11, dirt };
    expect(collect(options).counts).toEqual(recount(options));
  });

  it.each(DIRT_KINDS.map(({ kind }) => kind))('at a rate of 1: %s', (kind) => {
    const options = { tracks: 300, seed: 12, dirt: { ...CLEAN, [kind]: 1 } };
    const { counts } = collect(options);
    expect(counts).toEqual(recount(options));
    // The first row has no other to repeat, and only some rows hold a number small enough for an exponent.
    const least = kind === 'repeated_id' ? 299 : kind === 'scientific' ? 40 : 300;
    expect(counts.injected[kind]).toBeGreaterThanOrEqual(least);
  });

  it('are exact whatever the rates', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    const rates = fc
      .record({
        null: rate,
        tempo_zero: rate,
        tempo_300: rate,
        repeated_id: rate,
        comma: rate,
        quote: rate,
        line_break: rate,
      })
      .map(({ null: empty, tempo_zero, tempo_300, repeated_id, ...quirks }) => {
        const sum = Math.max(1, empty + tempo_zero + tempo_300 + repeated_id);
        return {
          ...quirks,
          null: empty / sum,
          tempo_zero: tempo_zero / sum,
          tempo_300: tempo_300 / sum,
          repeated_id: repeated_id / sum,
        };
      });
    const options = fc.record({ tracks: fc.integer({ min: 1, max: 60 }), seed: fc.nat(), dirt: rates });
    fc.assert(
      fc.property(options, (given) => {
        expect(collect(given).counts).toEqual(recount(given));
      }),
    );
  });

  it('are near the rates that were asked for', () => {
    const dirt = {
      null: 0.05,
      tempo_zero: 0.02,
      tempo_300: 0.01,
      repeated_id: 0.1,
      comma: 0.04,
      quote: 0.03,
    };
    const tracks = 50_000;
    const { injected } = collect({ tracks, seed: 13, dirt }).counts;
    for (const [kind, rate] of Object.entries(dirt) as [keyof typeof dirt, number][]) {
      expect(Math.abs(injected[kind] / tracks - rate)).toBeLessThan(
        5 * Math.sqrt((rate * (1 - rate)) / tracks),
      );
    }
  });

  it('leaves no column without an empty cell', () => {
    const rows = readCsv(
      collect({ tracks: 2000, seed: 14, dirt: { ...CLEAN, null: 1 } }).csv.toString('utf8'),
    ).slice(1);
    expect(rows.every((row) => row.filter((cell) => cell === '').length === 1)).toBe(true);
    expect(new Set(rows.map((row) => row.indexOf('')))).toEqual(
      new Set(Array.from({ length: 19 }, (_, i) => i + 1)),
    );
  });
});
