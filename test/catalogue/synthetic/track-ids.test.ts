import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsOf } from '#segue/catalogue/synthetic/draws.js';
import { TRACK_ID_LENGTH, trackIds } from '#segue/catalogue/synthetic/track-ids.js';

const MAX_ROW = 999_999_999;

/** The part of an id that tells rows apart. */
function ending(seed: number, row: number): string {
  const bytes = new Uint8Array(TRACK_ID_LENGTH);
  expect(trackIds(seed, drawsOf(seed))(bytes, 0, row)).toBe(TRACK_ID_LENGTH);
  return Buffer.from(bytes.subarray(16)).toString('latin1');
}

describe('track ids', () => {
  it('end differently for any two rows of a seed', () => {
    const row = fc.integer({ min: 0, max: MAX_ROW });
    fc.assert(
      fc.property(fc.nat(), row, row, (seed, a, b) => {
        expect(ending(seed, a) === ending(seed, b)).toBe(a === b);
      }),
    );
  });

  it('end differently for all rows of a block, wherever it lies', () => {
    for (const from of [0, 238_328 - 5000, MAX_ROW - 10_000]) {
      const put = trackIds(3, drawsOf(3));
      const bytes = new Uint8Array(TRACK_ID_LENGTH);
      const endings = Array.from({ length: 10_000 }, (_, i) => {
        put(bytes, 0, from + i);
        return Buffer.from(bytes.subarray(16)).toString('latin1');
      });
      expect(new Set(endings).size).toBe(10_000);
    }
  });
});
