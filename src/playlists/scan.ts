import type { Texts } from './texts.js';

/** How well a text fits what is looked for; less is better. */
export const FIT = { whole: 0, begins: 1, word: 2, inside: 3, none: 4 } as const;

const BREAK = 0x0a;

/** A word that nearly every text has: it is looked for at beginnings only. */
export function isShort(word: string): boolean {
  return /^[\0-\u007f]{1,2}$/.test(word);
}

/**
 * Scans folded texts (`searchTexts`) for a word and notes how well each one fits: one of two letters at the beginnings of words, a single
 * letter at those of texts, all others anywhere.
 *
 * @param fits one per text, all `FIT.none`
 */
export function scan(texts: Texts, word: string, fits: Uint8Array): void {
  if (!isShort(word)) return scanFor(texts, word, 0, fits);
  scanFor(texts, `\n${word}`, 1, fits);
  if (word.length > 1) scanFor(texts, ` ${word}`, 1, fits);
}

/** @param skipped bytes at its beginning that are not of the word */
function scanFor({ ends, bytes }: Texts, wanted: string, skipped: number, fits: Uint8Array): void {
  const needle = Buffer.from(wanted, 'utf8');
  let i = 0;
  for (let at = bytes.indexOf(needle); at >= 0; ) {
    i = placeOf(ends, at, i);
    const fit = fitAt(bytes, at + skipped, at + needle.length);
    if (fit < fits[i]!) fits[i] = fit;
    at = bytes.indexOf(needle, fit === FIT.inside ? at + 1 : ends[i + 1]!);
  }
}

function fitAt(bytes: Buffer, from: number, to: number): number {
  const before = bytes[from - 1]!;
  if (before === BREAK) return bytes[to] === BREAK ? FIT.whole : FIT.begins;
  return isWordByte(before) ? FIT.inside : FIT.word;
}

/** Letters and digits of ASCII after folding, and every byte of other characters. */
function isWordByte(byte: number): boolean {
  return byte >= 0x80 || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}

/** The text that a byte belongs to: a search that gallops from the text of the hit before, since hits come in order. */
function placeOf(ends: Uint32Array, at: number, from: number): number {
  let step = 1;
  while (from + step < ends.length && ends[from + step]! <= at) step *= 2;
  let [low, high] = [from + (step >> 1), Math.min(from + step, ends.length - 1)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}
