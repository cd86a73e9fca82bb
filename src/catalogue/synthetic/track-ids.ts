import { type Draws, mix32, SLOT } from './draws.js';

export const TRACK_ID_LENGTH = 22;

const DIGITS = new TextEncoder().encode('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ');
const HALF = 62 ** 3;
const ROUNDS = 4;

/** Writes a row's track id, and returns the offset behind it. */
export type PutTrackId = (bytes: Uint8Array, at: number, row: number) => number;

/**
 * Track ids like Spotify's: 22 base-62 digits, the first below 8. Sixteen are random; the last six are the row's number, permuted, so
 * that no two rows share an id and nothing needs to be remembered. The permutation is a Feistel network (Luby and Rackoff, 1988) on two
 * halves of three digits.
 */
export function trackIds(seed: number, draws: Draws): PutTrackId {
  const keys = Int32Array.from({ length: ROUNDS }, (_, round) => mix32(seed ^ mix32(round + 1)));
  return (bytes, start, row) => {
    let at = start;
    for (let i = 0; i < 4; i += 1) at = putDigits(bytes, at, draws.word(SLOT.trackId + i, row), 4);
    bytes[start] = DIGITS[draws.word(SLOT.trackId, row) >>> 29]!;

    let left = Math.floor(row / HALF);
    let right = row % HALF;
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = (left + (mix32(right ^ keys[round]!) >>> 0)) % HALF;
      left = right;
      right = next;
    }
    return putDigits(bytes, putDigits(bytes, at, left, 3), right, 3);
  };
}

function putDigits(bytes: Uint8Array, at: number, value: number, count: number): number {
  let rest = value;
  for (let i = 0; i < count; i += 1) {
    const quotient = Math.floor(rest / 62);
    bytes[at + i] = DIGITS[rest - 62 * quotient]!;
    rest = quotient;
  }
  return at + count;
}
