import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSplitter } from '#segue/service/ndjson/split-lines.js';

const SEED = 20261125;

/** `[number, text]` of each line; null for one that is too long. */
function linesOf(chunks: readonly Buffer[], limitBytes: number): [number, string | null][] {
  const splitter = lineSplitter(limitBytes);
  return [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()].map(
    ({ number, bytes }) => [number, bytes?.toString('latin1') ?? null],
  );
}

const bytes = fc.array(fc.constantFrom('\n', '\r', ' ', '{', 'a', '\u00ff'), { maxLength: 60 });

describe('lines', () => {
  it.each<[string, string, [number, string | null][]]>([
    [
      'a newline ends one',
      'a\nb\n',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'the last needs none',
      'a\nb',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['blank ones count and are left out', '\n \r\n\t\na\n\n', [[4, 'a']]],
    ['CRLF ends one too; JSON takes the CR for a space', 'a\r\n', [[1, 'a\r']]],
    [
      'of one over the limit nothing is kept',
      '12345\n1234\n123456',
      [
        [1, null],
        [2, '1234'],
        [3, null],
      ],
    ],
    ['nothing has none', '', []],
  ])('%s', (_what, text, expected) => {
    expect(linesOf([Buffer.from(text)], 4)).toEqual(expected);
  });

  it('do not depend on how the bytes arrive', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.nat(60), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (text, cuts, limit) => {
          const all = Buffer.from(text.join(''), 'latin1');
          const edges = [
            0,
            ...cuts.map((cut) => Math.min(cut, all.length)).toSorted((a, b) => a - b),
            all.length,
          ];
          const chunks = edges.slice(1).map((edge, i) => all.subarray(edges[i], edge));
          expect(linesOf(chunks, limit)).toEqual(linesOf([all], limit));
          const plain = all
            .toString('latin1')
            .split('\n')
            .map((line, i) => [i + 1, line] as const);
          expect(linesOf([all], limit)).toEqual(
            plain
              .filter(([, line]) => line.length > limit || /[^\t\r ]/.test(line))
              .map(([n, line]) => [n, line.length > limit ? null : line]),
          );
        },
      ),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
