import { SegueError } from '../core/errors.js';

/** Whether a query failed because of what stands in a file, and not because it was stopped or for want of memory or disk. */
export function isReadingFault(error: unknown, signal: AbortSignal | undefined): boolean {
  return (
    error instanceof Error &&
    !(error instanceof SegueError) &&
    signal?.aborted !== true &&
    !/No space left|max_temp_directory_size/.test(error.message)
  );
}
