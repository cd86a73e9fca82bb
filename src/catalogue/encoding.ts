import { isAscii, isUtf8 } from 'node:buffer';
import chardet from 'chardet';

/** Lines that speak for or against UTF-8, gathered over a whole text. */
export interface EncodingEvidence {
  /** Lines with characters beyond ASCII that are UTF-8. */
  utf8Lines: number;
  otherLines: number;
  /** Lines that aren't UTF-8, up to `SAMPLE_BYTES` of them. */
  readonly sample: Buffer[];
  sampleBytes: number;
}

const SAMPLE_BYTES = 1 << 18;
const LINE_FEED = 0x0a;

export function noEvidence(): EncodingEvidence {
  return { utf8Lines: 0, otherLines: 0, sample: [], sampleBytes: 0 };
}

/** Adds whole lines to the evidence. */
export function addEvidence(lines: Buffer, evidence: EncodingEvidence): void {
  for (let at = 0; at < lines.length; ) {
    const found = lines.indexOf(LINE_FEED, at);
    const end = found < 0 ? lines.length : found + 1;
    const line = lines.subarray(at, end);
    at = end;
    if (isAscii(line)) continue;
    if (isUtf8(line)) {
      evidence.utf8Lines += 1;
      continue;
    }
    evidence.otherLines += 1;
    if (evidence.sampleBytes >= SAMPLE_BYTES) continue;
    evidence.sample.push(Buffer.from(line.subarray(0, SAMPLE_BYTES)));
    evidence.sampleBytes += line.length;
  }
}

/**
 * Encodings to try for a text that isn't wholly UTF-8, best first; none if it is UTF-8 but for a few damaged lines. Statistics of
 * letter pairs (chardet) rank them. Those that can't hold the sample or make mostly symbols of it come last: in a file of Western names
 * saved as GB18030 every accent would be read as two signs.
 */
export function rankEncodings({ utf8Lines, otherLines, sample }: EncodingEvidence): string[] {
  if (utf8Lines >= otherLines) return [];
  const bytes = Buffer.concat(sample);
  const guesses = chardet
    .analyse(bytes)
    .map(({ name, confidence }) => ({ encoding: name.toLowerCase(), confidence }))
    .filter(({ encoding }) => encoding !== 'ascii' && !encoding.startsWith('utf'));
  const fallbacks = ['gb18030', 'windows-1252'].map((encoding) => ({ encoding, confidence: 10 }));
  const ranked = [...guesses, ...fallbacks]
    .filter(({ encoding }, i, all) => all.findIndex((other) => other.encoding === encoding) === i)
    .flatMap((guess) => {
      const share = plausibleShare(bytes, guess.encoding);
      return share === undefined ? [] : [{ ...guess, plausible: share > 0.6, share }];
    });
  return ranked
    .toSorted(
      (a, b) =>
        Number(b.plausible) - Number(a.plausible) ||
        b.confidence - a.confidence ||
        Number(b.encoding === 'gb18030') - Number(a.encoding === 'gb18030') ||
        b.share - a.share,
    )
    .map(({ encoding }) => encoding);
}

const PLAUSIBLE = /[\p{L}\p{M}‘’‚“”„–—…´·°ªº™®©¡¿«»€£、。「」（）！？・〜～【】《》]/u;

/** Share of the characters beyond ASCII that names are made of; undefined if the bytes aren't in that encoding. */
function plausibleShare(bytes: Buffer, encoding: string): number | undefined {
  try {
    const beyondAscii =
      new TextDecoder(encoding, { fatal: true }).decode(bytes).match(/[^\p{ASCII}]/gu) ?? [];
    const plausible = beyondAscii.filter((character) => PLAUSIBLE.test(character));
    return beyondAscii.length === 0 ? 0 : plausible.length / beyondAscii.length;
  } catch {
    return undefined; // unknown to TextDecoder, or the bytes don't fit
  }
}
