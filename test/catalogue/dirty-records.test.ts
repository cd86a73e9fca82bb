import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dirtyCatalogues } from './dirty-records.js';
import { type PlainRecord, parsePlainly } from './plain-parser.js';
import { COLUMNS, workbench } from './workbench.js';

const bench = await workbench();

it('rejects the same records, on the same lines, as a plain reader, and keeps the others', async () => {
  await fc.assert(
    fc.asyncProperty(dirtyCatalogues(150), async (text) => {
      const expected = judge(parsePlainly(text, COLUMNS.length));
      const { report, files } = await bench.ingest(await bench.write('input.csv', text));

      expect(report.rows.read).toBe(expected.length);
      expect(await bench.rows(files.rejects)).toMatchObject(
        expected.filter(({ reason }) => reason !== 'kept'),
      );
      const kept = [...(await bench.rows(files.xTrain)), ...(await bench.rows(files.xTest))];
      const names = new Map(kept.map((row) => [row['track_id'], row['artist_name']]));
      expect(names).toEqual(
        new Map(
          expected.flatMap(({ reason, fields }) =>
            reason === 'kept' ? [[fields![0]!.trim(), fields![1]!]] : [],
          ),
        ),
      );
    }),
    { numRuns: 30 },
  );
});

interface Judged {
  readonly line: number;
  readonly raw: string;
  readonly reason: string;
  readonly fields?: readonly string[];
}

/** Cleaning's rules in a few lines, for the values that the catalogues above can hold. */
function judge(records: readonly PlainRecord[]): Judged[] {
  const seen = new Set<string>();
  return records.map(({ line, raw, fields }) => {
    if (fields === undefined) {
      return {
        line,
        raw,
        reason: raw.includes('\0') && !isBroken(raw) ? 'invalid_encoding' : 'malformed_row',
      };
    }
    const cells = fields.map((field) => field.trim());
    const number = cells
      .slice(2)
      .map((cell) => (/^[+-]?[\d.]+(e\d+)?$/.test(cell) ? Number(cell) : Number.NaN));
    const reason = ((): string => {
      if (cells.every((cell) => cell === '')) return 'empty_row';
      if (cells.includes('') || cells[7] === 'NA') return 'null_value';
      if (cells[7] === 'inf') return 'not_finite';
      if (number.slice(1).some(Number.isNaN)) return 'not_a_number';
      if (number[5]! < 40 || number[5]! > 250) return 'tempo_out_of_range';
      if (seen.has(cells[0]!)) return 'duplicate_track_id';
      seen.add(cells[0]!);
      return 'kept';
    })();
    return { line, raw, reason, ...(reason === 'kept' ? { fields } : {}) };
  });
}

/** Whether a record with a NUL byte would be no row without it. */
function isBroken(raw: string): boolean {
  const [record] = parsePlainly(`header\n${raw.replaceAll('\0', 'x')}`, COLUMNS.length);
  return record?.fields === undefined;
}
