import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SegueError } from '../core/errors.js';
import { isNodeError } from '../core/files.js';
import { chunksOf, surveyBytes, utf8Encoding } from './byte-survey.js';
import { addEvidence, noEvidence, rankEncodings } from './encoding.js';
import type { SourceFile } from './sources.js';

/** A text source as plain UTF-8: the file itself where it is that already, else a copy in the scratch folder. */
export interface PlainText {
  readonly path: string;
  /** SHA-256 of the file as it was given. */
  readonly sha256: string;
  readonly encoding: string;
  /** Whether some bytes still aren't UTF-8. */
  readonly badBytes: boolean;
}

/**
 * Makes a text source readable: inflates gzip, finds the encoding, writes UTF-8 where it was something else.
 *
 * @param scratch an existing folder for the copies
 * @throws SegueError SEGUE_SOURCE_TRUNCATED for gzip that ends too early or is damaged
 */
export async function asPlainText(
  source: SourceFile,
  compressed: boolean,
  scratch: string,
  signal?: AbortSignal,
): Promise<PlainText> {
  const hash = createHash('sha256');
  const inflated = compressed
    ? await inflate(source, join(scratch, 'inflated.txt'), hash, signal)
    : source.path;
  const survey = await surveyBytes(inflated, compressed ? undefined : hash, signal);
  const sha256 = hash.digest('hex');
  const target = join(scratch, 'utf8.txt');
  const reading = { path: inflated, returnsOnly: survey.returnsOnly, target, signal };

  if (survey.utf16 !== undefined) {
    const done = await transcode({ ...reading, encoding: survey.utf16 });
    if (done) return { path: target, sha256, encoding: survey.utf16, badBytes: false };
  } else if (!survey.validUtf8) {
    for (const encoding of await likelyEncodings(inflated, signal)) {
      const done = await transcode({ ...reading, encoding });
      if (done) return { path: target, sha256, encoding, badBytes: false };
    }
  }
  const encoding = utf8Encoding(survey);
  const badBytes = !survey.validUtf8;
  if (survey.returnsOnly && !badBytes) {
    await transcode({ ...reading, encoding: 'utf-8' });
    return { path: target, sha256, encoding, badBytes };
  }
  return { path: inflated, sha256, encoding, badBytes };
}

async function inflate(
  source: SourceFile,
  target: string,
  hash: Hash,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    await pipeline(
      createReadStream(source.path, { highWaterMark: 1 << 20 }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createGunzip({ chunkSize: 1 << 18 }),
      createWriteStream(target),
      signal === undefined ? {} : { signal },
    );
  } catch (error) {
    if (isNodeError(error, 'Z_BUF_ERROR') || isNodeError(error, 'Z_DATA_ERROR')) {
      throw new SegueError('SEGUE_SOURCE_TRUNCATED', {
        what: isNodeError(error, 'Z_BUF_ERROR')
          ? 'The gzip file ends before its data does'
          : 'The gzip file is damaged',
        value: source.name,
        mend: 'Fetch the file again, and compare its size with the original.',
        cause: error,
      });
    }
    throw error;
  }
  return target;
}

async function likelyEncodings(path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const evidence = noEvidence();
  let carry: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(path)) {
    signal?.throwIfAborted();
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    const cut = bytes.lastIndexOf(0x0a) + 1 || bytes.length;
    addEvidence(bytes.subarray(0, cut), evidence);
    carry = Buffer.from(bytes.subarray(cut));
  }
  addEvidence(carry, evidence);
  return rankEncodings(evidence);
}

interface Transcoding {
  readonly path: string;
  readonly encoding: string;
  readonly returnsOnly: boolean;
  readonly target: string;
  readonly signal: AbortSignal | undefined;
}

/** Writes the text as UTF-8; false if some bytes aren't in that encoding. */
async function transcode({ path, encoding, returnsOnly, target, signal }: Transcoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encode = (text: string): Buffer => Buffer.from(returnsOnly ? text.replaceAll('\r', '\n') : text);
  try {
    await pipeline(
      chunksOf(path),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) yield encode(decoder.decode(chunk, { stream: true }));
        yield encode(decoder.decode());
      },
      createWriteStream(target),
      signal === undefined ? {} : { signal },
    );
    return true;
  } catch (error) {
    if (isNodeError(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) return false;
    throw error;
  }
}
