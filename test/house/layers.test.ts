import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../docs/files.js';

/** CONTRIBUTING.md, rule 1: a folder imports only from those before it. */
const ORDER = [
  'core',
  'costs',
  'secrets',
  'bucket',
  'kernels',
  'features',
  'engine',
  'catalogue',
  'training',
  'models',
  'drift',
  'gate',
  'pipeline',
  'notices',
  'playlists',
  'service',
  'monitoring',
  'cli',
];

const SOURCE = join(ROOT, 'src');

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)].map((match) =>
    relative(SOURCE, join(SOURCE, dirname(file), match[1]!)),
  );
}

/** AssemblyScript: looks like TypeScript, is compiled by another compiler, and lives for itself. */
const ASSEMBLY = 'kernels/assembly/';

/** Lines of one of its files at most; those of `assign` share what a call of it works on. */
const MOST_ASSEMBLY_LINES = 260;

const all = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const files = all.filter((name) => !name.startsWith(ASSEMBLY));
const assembly = all.filter((name) => name.startsWith(ASSEMBLY));

function layer(path: string): number {
  return ORDER.indexOf(path.split('/')[0]!);
}

it('every folder of src/ has its place in the order, and the order is the one in CONTRIBUTING.md', () => {
  expect(readdirSync(SOURCE).toSorted()).toEqual(ORDER.toSorted());
  const rule = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').replaceAll(/\s+/g, ' ');
  expect(rule).toContain(ORDER.join(' ← '));
});

it('data flows one way', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => layer(imported) > layer(file))
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(upward).toEqual([]);
});

it.each([
  ['engine/duckdb/', /from '@duckdb\//],
  ['engine/spark/', /from '(@connectrpc\/|@bufbuild\/|apache-arrow')/],
])('only %s knows its engine', (folder, library) => {
  const users = files.filter((file) => library.test(readFileSync(join(SOURCE, file), 'utf8')));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !file.startsWith(folder))).toEqual([]);
});

it('one engine knows nothing of the other', () => {
  const across = files.flatMap((file) =>
    importsOf(file).filter(
      (imported) =>
        (file.startsWith('engine/duckdb/') && imported.startsWith('engine/spark/')) ||
        (file.startsWith('engine/spark/') && imported.startsWith('engine/duckdb/')),
    ),
  );
  expect(across).toEqual([]);
});

it.each(['kernels', 'costs'])(
  '%s reach nothing of Node and no package, so that they run in a browser too',
  (folder) => {
    const reached = new Set(files.filter((file) => file.startsWith(`${folder}/`)));
    expect(reached.size).toBeGreaterThan(0);
    for (const file of reached) {
      for (const imported of importsOf(file)) reached.add(imported.replace(/\.js$/, '.ts'));
    }
    const beyond = [...reached].filter((file) => /from '[^.]/.test(readFileSync(join(SOURCE, file), 'utf8')));
    expect(beyond).toEqual([]);
  },
);

it('AssemblyScript imports nothing but AssemblyScript, in files that can be taken in', () => {
  expect(assembly.length).toBeGreaterThan(0);
  for (const file of assembly) {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    expect([...text.matchAll(/from '(?!\.\/[a-z-]+')[^']*'/g)].map(String), file).toEqual([]);
    expect(text.split('\n').length, file).toBeLessThanOrEqual(MOST_ASSEMBLY_LINES);
  }
});
