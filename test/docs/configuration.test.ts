import { expect, it } from 'vitest';
import { judgeConfiguration } from '#segue/cli/settings/judge.js';
import { configurationTexts } from '../../scripts/config/texts.js';
import { readPage } from './files.js';

it.each([...configurationTexts()])('%s is what «npm run config:docs» makes of the settings', (path, text) => {
  expect(readPage(path)).toBe(text);
});

it('the file that the page shows can be used', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readPage('docs/configuration.md')) ?? [];
  const { given, faults } = judgeConfiguration(example, '/etc/segue/segue.config.json', {});
  expect(faults).toEqual([]);
  expect(given.size).toBeGreaterThan(5);
});
