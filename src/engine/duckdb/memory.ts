import { SegueError } from '../../core/errors.js';

/**
 * @throws SegueError SEGUE_USAGE for what isn't a size with its unit
 */
export function checkMemoryLimit(memoryLimit: string): void {
  if (/^\d+(\.\d+)? ?([KMGT]i?B)$/i.test(memoryLimit.trim())) return;
  throw new SegueError('SEGUE_USAGE', {
    what: 'The memory limit is not a size',
    value: memoryLimit,
    limit: 'a number with KB, MB, GB or TB',
    mend: 'Give a size such as 1GB.',
  });
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error');
}

export function outOfMemory(
  options: { readonly memoryLimit: string; readonly threads: number },
  cause: unknown,
): SegueError {
  return new SegueError('SEGUE_OUT_OF_MEMORY', {
    what: `The SQL engine needs more memory for ${options.threads} threads`,
    limit: options.memoryLimit,
    mend: 'Raise the memory limit, or use fewer threads.',
    cause,
  });
}
