import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a text can only be a path by being read as a glob. */
export function isGlob(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/**
 * Files that match a glob, in no particular order: `*` and `?` within a name, `[a-z]`, `[!a]`, `{csv,parquet}`, and `**` for folders at any
 * depth. Names that begin with a dot match only if the pattern says so. (Node has this built in from version 22 on.)
 */
export async function filesMatching(pattern: string): Promise<string[]> {
  const parts = pattern.split('/');
  const fixed = parts.findIndex(isGlob);
  const root = parts.slice(0, fixed).join('/');
  return matchIn(fixed === 0 ? '' : root === '' ? '/' : root, parts.slice(fixed));
}

async function matchIn(folder: string, [part, ...rest]: readonly string[]): Promise<string[]> {
  if (part === undefined) return [];
  if (part === '') return matchIn(folder, rest);
  const entries = await entriesOf(folder === '' ? '.' : folder);
  if (part === '**') {
    const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    const nested = below.map(({ name }) => matchIn(join(folder, name), [part, ...rest]));
    const here = matchIn(folder, rest.length === 0 ? ['*'] : rest);
    return (await Promise.all([here, ...nested])).flat();
  }
  const matcher = nameMatcher(part);
  const matching = entries.filter(
    ({ name }) => matcher.test(name) && (part.startsWith('.') || !name.startsWith('.')),
  );
  if (rest.length > 0) {
    const folders = matching.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
    return (await Promise.all(folders.map(({ name }) => matchIn(join(folder, name), rest)))).flat();
  }
  return matching.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name));
}

async function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

function nameMatcher(part: string): RegExp {
  const source = part.replace(/\*|\?|\[!?[^\]]+\]|\{[^}]*\}|[\\^$.+()|{}[\]]/g, (token) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    if (token.length > 1 && token.startsWith('[')) {
      return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    }
    if (token.length > 1) return `(?:${token.slice(1, -1).split(',').map(escaped).join('|')})`;
    return `\\${token}`;
  });
  return new RegExp(`^${source}$`, 'su');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()|{}[\]]/g, '\\$&');
}
