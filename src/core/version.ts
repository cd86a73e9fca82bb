import { readFileSync } from 'node:fs';

let cached: string | undefined;

/** The version in this package's package.json. */
export function segueVersion(): string {
  if (cached === undefined) {
    const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    cached = (JSON.parse(file) as { version: string }).version;
  }
  return cached;
}
