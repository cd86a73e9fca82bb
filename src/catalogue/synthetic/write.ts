import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { SegueError } from '../../core/errors.js';
import { draftPath, moveIntoPlace } from '../../core/files.js';
import { type Progress, silent } from '../../core/progress.js';
import { type SyntheticCounts, syntheticCatalogue, TRACKS_PER_CHUNK } from './catalogue.js';
import type { SyntheticOptions } from './options.js';

export interface SyntheticReport extends SyntheticCounts {
  /** Size of the file. */
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** SHA-256 of the CSV before compression: the same on every machine, while another zlib may compress otherwise. */
  readonly csv_sha256: string;
}

/**
 * Writes a synthetic catalogue, whole: to a draft, flushed to disk, then renamed into place.
 *
 * @param path ends in `.csv`, or in `.csv.gz` for a compressed file; its folder is made where it is missing
 * @throws SegueError SEGUE_USAGE for another ending, or options out of their range
 */
export async function writeSyntheticCatalogue(
  path: string,
  options: SyntheticOptions,
  progress: Progress = silent,
): Promise<SyntheticReport> {
  const compressed = isCompressed(path);
  const chunks = syntheticCatalogue(options);
  const csvHash = createHash('sha256');
  const fileHash = createHash('sha256');

  await mkdir(dirname(path), { recursive: true });
  const draft = draftPath(path);
  const disk = createWriteStream(draft, { flags: 'wx', flush: true });
  let counts: SyntheticCounts | undefined;
  const source = function* (): Generator<Uint8Array> {
    counts = yield* watched(chunks, csvHash, options.tracks, progress);
  };
  try {
    if (compressed) await pipeline(source, createGzip(), hashing(fileHash), disk);
    else await pipeline(source, disk);
    await moveIntoPlace(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const csv = csvHash.digest('hex');
  return {
    ...counts!,
    bytes: disk.bytesWritten,
    sha256: compressed ? fileHash.digest('hex') : csv,
    csv_sha256: csv,
  };
}

/** Passes the chunks on, and tells of each once the next is asked for. */
function* watched(
  chunks: Generator<Uint8Array, SyntheticCounts, void>,
  hash: Hash,
  tracks: number,
  progress: Progress,
): Generator<Uint8Array, SyntheticCounts, void> {
  let done = 0;
  let step = chunks.next();
  while (!step.done) {
    hash.update(step.value);
    yield step.value;
    done = Math.min(done + TRACKS_PER_CHUNK, tracks);
    progress.advance(done, tracks, 'tracks');
    step = chunks.next();
  }
  return step.value;
}

function hashing(hash: Hash): (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array> {
  return async function* hashed(source) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

function isCompressed(path: string): boolean {
  const name = path.toLowerCase();
  if (name.endsWith('.csv')) return false;
  if (name.endsWith('.csv.gz')) return true;
  throw new SegueError('SEGUE_USAGE', {
    what: 'A synthetic catalogue is written as CSV',
    value: path,
    limit: '.csv or .csv.gz',
    mend: 'Give the file one of these endings.',
  });
}
