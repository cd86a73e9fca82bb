import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../docs/files.js';

/** CONTRIBUTING.md, rule 1: a folder imports only from those before it. */
const ORDER = [
  'core',
  'features',
  'engine',
  'catalogue',
  'training',
  'models',
  'gate',
  'pipeline',
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

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

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

it('only engine/ knows DuckDB', () => {
  const users = files.filter((file) => readFileSync(join(SOURCE, file), 'utf8').includes("from '@duckdb/"));
  expect(users.filter((file) => !file.startsWith('engine/'))).toEqual([]);
});

it('kernels import nothing of Node, so that they run in a browser too', () => {
  const kernels = files.filter((file) => file.startsWith('training/kernels/'));
  expect(kernels.length).toBeGreaterThan(0);
  const users = kernels.filter((file) =>
    /from '(node:|worker_threads)/.test(readFileSync(join(SOURCE, file), 'utf8')),
  );
  expect(users).toEqual([]);
});
