import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#segue/core/errors.js';
import { firstCells, PAGES, proseOf, ROOT, readPage } from './files.js';

/** Pages outside of docs/ that others link to. */
const BESIDE = ['clients/typescript/README.md', 'deploy/spark/README.md', ...resultPages()];

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
}

const manifest = JSON.parse(readPage('package.json')) as Package;
const web = JSON.parse(readPage('web/package.json')) as typeof manifest;

function resultPages(): string[] {
  const names = readdirSync(join(ROOT, 'bench/results')).filter((name) => name.endsWith('.md'));
  return names.map((name) => `bench/results/${name}`);
}

/** Links of a page to files of the checkout. */
function linksOf(page: string): { target: string; path: string; anchor: string | undefined }[] {
  return [...proseOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target]) => {
    const [file, anchor] = target!.split('#');
    return { target: target!, path: file === '' ? page : join(dirname(page), file!), anchor };
  });
}

/** Anchors as GitHub makes them from headings: a second one of the same name gets a number. */
function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

describe('pages', () => {
  it.each([...PAGES, ...BESIDE])('%s has no dead link', (page) => {
    for (const { target, path, anchor } of linksOf(page)) {
      expect(existsSync(join(ROOT, path)), `${page} → ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(path), `${page} → ${target}`).toContain(anchor);
    }
  });

  it('are all in the index, but runbooks, which have their own', () => {
    const listed = new Set(linksOf('docs/README.md').map(({ path }) => path));
    const pages = PAGES.filter((page) => /^docs\/(?!README|runbooks\/)/.test(page));
    expect(pages.filter((page) => !listed.has(page))).toEqual([]);
  });

  it('are at most two clicks from the README, the runbooks three', () => {
    const first = linksOf('README.md').map(({ path }) => path);
    const second = first
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) => linksOf(path).map((link) => link.path));
    const reached = new Set(['README.md', ...first, ...second]);
    expect(PAGES.filter((page) => !reached.has(page) && !page.startsWith('docs/runbooks/'))).toEqual([]);
    for (const { path } of linksOf('docs/runbooks/README.md')) reached.add(path);
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });

  it.each(PAGES)('%s names only npm scripts that exist', (page) => {
    const named = [...readPage(page).matchAll(/npm run ([a-z][a-z:-]*)(?![a-z:-]| -w)/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  });

  it('dependencies.md lists exactly what package.json has', () => {
    const listed = firstCells(readPage('docs/dependencies.md'));
    const installed = [manifest, web].flatMap(({ dependencies, devDependencies }) => [
      ...Object.keys(dependencies),
      ...Object.keys(devDependencies),
    ]);
    expect(listed.toSorted()).toEqual(installed.toSorted());
  });

  it('package.json pins exact versions', () => {
    const versions = [manifest, web].flatMap(({ dependencies, devDependencies }) => [
      ...Object.entries(dependencies),
      ...Object.entries(devDependencies),
    ]);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([]);
  });

  it('errors.md lists exactly the codes that exist, with their exit status and title', () => {
    const rows = [...readPage('docs/errors.md').matchAll(/^\| `(SEGUE_\w+)` \| (\d) \| ([^|]+) \|/gm)];
    const listed = rows.map(([, code, exit, title]) => `${code} ${exit} ${title}`);
    const known = Object.entries(ERROR_CODES).map(([code, { exit, title }]) => `${code} ${exit} ${title}`);
    expect(listed.toSorted()).toEqual(known.toSorted());
  });
});
