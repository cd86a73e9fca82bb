import { isAbsolute, resolve } from 'node:path';
import { schemeOf } from '../core/scheme.js';

/** A source that means the same file from any working folder; one on a cluster's storage (`s3a://…`) stays as it is. */
export function absoluteSource(source: string): string {
  return isAbsolute(source) || schemeOf(source) !== undefined ? source : resolve(source);
}
