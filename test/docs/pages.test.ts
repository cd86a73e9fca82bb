import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#segue/core/errors.js';
import { firstCells, PAGES, ROOT, readPage } from './files.js';

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
}

const manifest = JSON.parse(readPage('package.json')) as Package;
const web = JSON.parse(readPage('web/package.json')) as typeof manifest;

/** Anchors as GitHub makes them from headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('pages', () => {
  it.each(PAGES)('%s has no dead link', (page) => {
    for (const [, target] of readPage(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file, anchor] = target!.split('#');
      const path = file === '' ? page : join(dirname(page), file!);
      expect(existsSync(join(ROOT, path)), `${page} → ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(readPage(path)), `${page} → ${target}`).toContain(anchor);
    }
  });

  it.each(PAGES)('%s names only npm scripts that exist', (page) => {
    const named = [...readPage(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map((match) => match[1]!);
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
