import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../docs/files.js';

/** The documents of a YAML file of deploy/, with anchors and merges resolved. */
export function readYaml<T>(path: string): readonly T[] {
  const text = readFileSync(join(ROOT, 'deploy', path), 'utf8');
  const documents = parseAllDocuments(text, { merge: true });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors.join('\n')}`);
    return document.toJS() as T;
  });
}

/** Names of variables that Segue reads, by .env.example. */
export function knownVariables(): ReadonlySet<string> {
  const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
  return new Set([...text.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!));
}

/** Variables among these that have Segue's prefix, and that Segue does not read. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  const known = knownVariables();
  return names.filter((name) => name.startsWith('SEGUE_') && !known.has(name));
}
