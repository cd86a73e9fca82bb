import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, commandsOf, premiseOf, shows } from './blocks.js';
import { PAGES, ROOT } from './files.js';
import { openShell, type Prepared, prepare } from './shell.js';

const pages = PAGES.filter((page) => commandsOf(page).length > 0 && !premiseOf(page).spark);

let prepared: Prepared;

beforeAll(async () => {
  prepared = await prepare(await mkdtemp(join(tmpdir(), 'segue-docs-')));
});

afterAll(() => rm(prepared.folder, { recursive: true, maxRetries: 5 }));

describe('every command of the pages', () => {
  it.each(pages)('%s', async (page) => {
    const premise = premiseOf(page);
    const run = await openShell(premise, prepared);
    const ci = await readFile(join(ROOT, '.ci/run'), 'utf8');
    for (const { commands, output } of blocksOf(page)) {
      const printed: string[] = [];
      for (const command of commands) {
        if (premise.folder === 'checkout' || !command.startsWith('npm ')) {
          const out = await run(command);
          if (command.startsWith('curl')) expect(out, command).not.toContain('"status":');
          printed.push(...out.split('\n'));
          continue;
        }
        // these set the checkout itself up or test it: CI runs them, from a fresh clone
        for (const part of command.split(' && ')) expect(ci, `.ci/run runs ${part}`).toContain(part);
      }
      for (const line of output)
        expect(
          printed.some((one) => shows(line, one)),
          `${line}\nis not in\n${printed.join('\n')}`,
        ).toBe(true);
    }
  });
});

it('the Spanish tutorial has the commands of the English one, and shows the same output', () => {
  expect(blocksOf('docs/tutorial.es.md')).toEqual(blocksOf('docs/tutorial.md'));
});
