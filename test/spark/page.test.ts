import { expect, inject, it } from 'vitest';
import { blocksOf, premiseOf } from '../docs/blocks.js';
import { PAGES } from '../docs/files.js';
import { openShell } from '../docs/shell.js';

/** What the pages have in place of this suite's server. */
const PRINTED = 'sc://127.0.0.1:15002';

const NOTHING = { folder: '', key: '', version: '' };

it.each(PAGES.filter((page) => premiseOf(page).spark))(
  'every command of %s',
  async (page) => {
    const premise = premiseOf(page);
    expect(premise.folder).toBe('empty');
    const run = await openShell(premise, NOTHING);
    let last = '';
    for (const { commands } of blocksOf(page))
      for (const command of commands) last = await run(command.replaceAll(PRINTED, inject('spark')));
    expect(last).toContain('assigned by');
  },
  900_000,
);
