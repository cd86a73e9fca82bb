import { isAbsolute, resolve } from 'node:path';

/** A source that means the same file from any working folder. */
export function absoluteSource(source: string): string {
  return isAbsolute(source) ? source : resolve(source);
}
