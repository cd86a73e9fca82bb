import { seededRandom } from '../../core/random.js';

/**
 * What a row asks chance for. Each question has its own place in the random space, so that an answer depends on the seed, the question
 * and the row alone: the first rows of a catalogue are the same however long it is. New questions go at the end.
 */
export const SLOT = {
  fault: 0,
  blankCell: 1,
  genre: 2,
  artist: 3,
  key: 4,
  mode: 5,
  comma: 6,
  quote: 7,
  lineBreak: 8,
  nonAscii: 9,
  scientific: 10,
  titleLength: 11,
  /** 4 of them. */
  trackId: 12,
  /** 14 of them. */
  latent: 16,
  /** 8 of them. */
  titleWord: 30,
  /** 5 of them, asked for an artist instead of a row. */
  artistName: 38,
  /** 16 of them. */
  original: 43,
} as const;

const SLOTS = 59;

/** Random numbers by question and row, in any order and without state. */
export interface Draws {
  /** 32 random bits, 0 to 2^32 - 1. */
  word(slot: number, row: number): number;
  /** Uniform in [0, 1). */
  uniform(slot: number, row: number): number;
  /** Uniform integer in [0, limit). */
  below(slot: number, row: number, limit: number): number;
}

/**
 * A counter-based source: the row's number, keyed twice, through a 32-bit mixing function ("lowbias32" of Chris Wellons, 2018, with the
 * constants found since).
 *
 * @param seed 0 to 2^32 - 1
 */
export function drawsOf(seed: number): Draws {
  const random = seededRandom(seed);
  const keys = Int32Array.from({ length: 2 * SLOTS }, () => random.below(2 ** 32) | 0);
  const word = (slot: number, row: number): number =>
    mix32(mix32(row + keys[2 * slot]!) ^ keys[2 * slot + 1]!) >>> 0;
  const uniform = (slot: number, row: number): number => word(slot, row) / 2 ** 32;
  return { word, uniform, below: (slot, row, limit) => Math.floor(uniform(slot, row) * limit) };
}

/** A bijection of 32-bit words in which each bit of the input moves about half of those of the output. */
export function mix32(word: number): number {
  let z = word | 0;
  z ^= z >>> 16;
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}
