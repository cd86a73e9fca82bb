import * as fc from 'fast-check';
import { COLUMNS, csvLine } from './workbench.js';

const dirtyName = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    '"',
    '""',
    ',',
    '\n',
    '\r\n',
    '\r',
    ' ',
    'é',
    '🎵',
    "'",
    '\\',
    '\0',
    '","',
    '"\n',
  ),
  minLength: 1,
  maxLength: 12,
});
const tempo = fc.constantFrom('120', '120.5', '0', '251', '?', 'inf', 'NA', '', ' 99 ', '1_0', '1.2e2');
const id = fc.integer({ min: 1, max: 400 }).map((n) => `id${n}`);
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n');

/** Lines of a catalogue: good ones, well quoted ones, and ones that no writer should have written. */
const anyRecord = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(id, tempo).map(([track_id, t]) => csvLine({ track_id, tempo: t })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        id,
        dirtyName.filter((name) => !name.includes('\0')),
      )
      .map(([track_id, artist_name]) => csvLine({ track_id, artist_name })),
  },
  { weight: 2, arbitrary: fc.tuple(id, dirtyName).map(([i, name]) => `${i},${name},40,0,0.1,0.5,0.5,120`) },
  { weight: 1, arbitrary: fc.constantFrom('', '', ',,,,,,,', 'a,b', '"', '""', ' ', 'x,y,1,0,0,0,0,120,z') },
);

/** Texts of catalogues under `COLUMNS`, with so many of such lines at most. */
export function dirtyCatalogues(lines: number): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(anyRecord, lineEnd), { minLength: lines / 150, maxLength: lines, size: 'max' })
    .map((parts) => `${COLUMNS.join(',')}\n${SURE}${parts.map((part) => part.join('')).join('')}`);
}

/** Enough good rows for a majority: most rows having one field more than the header would mean an index without a name. */
const SURE = Array.from({ length: 200 }, (_, i) => `${csvLine({ track_id: `sure${i}` })}\n`).join('');
