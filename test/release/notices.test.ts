import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { ROOT } from '../docs/files.js';

/** Packages of which a module is in the dashboard's bundle, its styles and its typeface included. */
async function bundledPackages(): Promise<string[]> {
  const built = (await build({
    root: join(ROOT, 'web'),
    configFile: false,
    logLevel: 'error',
    build: { write: false, assetsInlineLimit: 0 },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  })) as Rolldown.RolldownOutput;
  const files = built.output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : one.originalFileNames));
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)];
}

it('the notices name every package that the dashboard is bundled from', async () => {
  const page = readFileSync(join(ROOT, 'THIRD-PARTY-NOTICES.md'), 'utf8');
  const [, own] = page.split('## What its own files contain');
  const named = new Set(
    [...own!.split('## Texts')[0]!.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]),
  );
  const bundled = await bundledPackages();
  expect(bundled).toEqual(expect.arrayContaining(['preact', 'd3-scale', '@fontsource-variable/inter']));
  expect(bundled.filter((name) => !named.has(name))).toEqual([]);
});
