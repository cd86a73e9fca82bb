import { open } from 'node:fs/promises';
import { SegueError } from '../core/errors.js';
import type { SourceFile } from './sources.js';

export type FileFormat = 'text' | 'gzip' | 'parquet';

/**
 * Tells a file's format by its first and last bytes, whatever its name.
 *
 * @throws SegueError SEGUE_SOURCE_TRUNCATED for Parquet without its end
 */
export async function formatOf(source: SourceFile): Promise<FileFormat> {
  const file = await open(source.path, 'r');
  try {
    const head = Buffer.alloc(4);
    const tail = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    await file.read(tail, 0, 4, Math.max(0, source.bytes - 4));
    return formatOfBytes(source, head, tail);
  } finally {
    await file.close();
  }
}

/**
 * Tells a file's format by its first four and last four bytes.
 *
 * @throws SegueError SEGUE_SOURCE_TRUNCATED for Parquet without its end
 */
export function formatOfBytes(
  { name, bytes }: Pick<SourceFile, 'name' | 'bytes'>,
  head: Buffer,
  tail: Buffer,
): FileFormat {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.toString('latin1') !== 'PAR1') return 'text';
  if (tail.toString('latin1') === 'PAR1' && bytes >= 12) return 'parquet';
  throw new SegueError('SEGUE_SOURCE_TRUNCATED', {
    what: 'The Parquet file ends before its data does',
    value: name,
    mend: 'Fetch the file again, and compare its size with the original.',
  });
}
