import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { byteOrderMark } from './read-records.js';

/** What the bytes of a text tell before its encoding is known. */
export interface ByteSurvey {
  readonly validUtf8: boolean;
  readonly byteOrderMark: boolean;
  /** Encoding told by a byte order mark or by zero bytes at every second place. */
  readonly utf16: 'utf-16le' | 'utf-16be' | undefined;
  /** Whether lines end with a carriage return alone. */
  readonly returnsOnly: boolean;
}

const CHUNK_BYTES = 4 << 20;

/** Takes in the bytes of a text from the first to the last. */
export interface ByteSurveyor {
  take(chunk: Buffer): void;
  /** After the last chunk. */
  survey(): ByteSurvey;
}

/** @param hash takes the bytes in, if given */
export function byteSurveyor(hash: Hash | undefined): ByteSurveyor {
  let carry: Buffer = Buffer.alloc(0);
  let head: Buffer | undefined;
  let validUtf8 = true;
  let lineFeeds = false;
  let returns = false;
  return {
    take: (chunk) => {
      hash?.update(chunk);
      if (chunk.length > 0) head ??= Buffer.from(chunk.subarray(0, 4096));
      lineFeeds ||= chunk.includes(0x0a);
      returns ||= !lineFeeds && chunk.includes(0x0d);
      if (!validUtf8) return;
      const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      const cut = lastCharacterBoundary(bytes);
      validUtf8 = isUtf8(bytes.subarray(0, cut));
      carry = Buffer.from(bytes.subarray(cut));
    },
    survey: () => ({
      validUtf8: validUtf8 && isUtf8(carry),
      byteOrderMark: head !== undefined && byteOrderMark(head, head.length) > 0,
      utf16: head === undefined ? undefined : utf16Of(head),
      returnsOnly: returns && !lineFeeds,
    }),
  };
}

/** Reads a text once. */
export async function surveyBytes(
  path: string,
  hash: Hash | undefined,
  signal: AbortSignal | undefined,
): Promise<ByteSurvey> {
  const surveyor = byteSurveyor(hash);
  for await (const chunk of chunksOf(path)) {
    signal?.throwIfAborted();
    surveyor.take(chunk);
  }
  return surveyor.survey();
}

/** What reports call the encoding of a text in UTF-8. */
export function utf8Encoding(survey: ByteSurvey): string {
  return survey.byteOrderMark ? 'utf-8 with byte order mark' : 'utf-8';
}

/** Index behind the last character that is complete; at most three bytes from the end. */
function lastCharacterBoundary(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zerosAt = (odd: number): number => head.filter((byte, i) => byte === 0 && i % 2 === odd).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const enough = head.length * 0.35;
  if (odd > enough && even === 0) return 'utf-16le';
  if (even > enough && odd === 0) return 'utf-16be';
  return undefined;
}

export function chunksOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES });
}
